// The page around the views: header with connection and figures, navigation, keyboard, and which view is shown.

import { html, nothing, render } from "./lit.js";
import { count, short, ticking } from "./format.js";
import { icon } from "./icons.js";
import { keyboardHelp, onKey } from "./keyboard.js";
import { Live } from "./live.js";
import { forgetGone } from "./queue-pages.js";
import { href, queueAddress, rememberQueue, route } from "./router.js";
import { nextTheme, theme } from "./settings.js";
import { changed, onChange, refreshJobTypes, slotsInUse, store } from "./store.js";
import { toastArea } from "./toasts.js";
import { empty, head } from "./ui.js";

import * as batches from "./views/batches.js";
import * as charts from "./views/charts.js";
import * as deadLetters from "./views/dead-letters.js";
import * as job from "./views/job.js";
import * as plugins from "./views/plugins.js";
import * as queue from "./views/queue.js";
import * as schedules from "./views/schedules.js";
import * as submit from "./views/submit.js";
import * as workers from "./views/workers.js";

const JOB_TYPES_EVERY_MS = 15_000;
/** At most so many jobs come with a whole state; with fewer, those are all. */
const SNAPSHOT = 200;

const NAVIGATION = [
  ["queue", "Queue"], ["submit", "Submit"], ["batches", "Batches"], ["schedules", "Schedules"], ["plugins", "Plugins"],
  ["workers", "Workers"], ["dead-letters", "Dead letters"], ["charts", "Charts"],
];

const CONNECTION = {
  connecting: "Connecting",
  live: "Live",
  polling: "Live, asking every 2 s",
  stale: "Not connected",
};

const queueView = queue.create();
const views = {
  queue: queueView,
  submit: submit.create(),
  jobs: job.create(),
  batches: batches.create(),
  schedules: schedules.create(),
  plugins: plugins.create(),
  workers: workers.create(),
  "dead-letters": deadLetters.create(),
  charts: charts.create(),
};
const missing = { title: "Not found", start() {}, update() {}, stop() {}, render: () => html`${head("Not found")}${empty("There is no such page")}` };

let shown;
let menuOpen = false;
const root = document.querySelector("#app");

function navigate() {
  const { name, rest, query } = route();
  const view = views[name] ?? missing;
  menuOpen = false;
  rememberQueue();
  if (view === shown) {
    view.update(rest, query);
    changed();
    return;
  }
  const first = shown === undefined;
  shown?.stop();
  shown = view;
  view.start(rest, query);
  draw();
  if (!first) {
    // Screen readers are told where they are, and the keyboard goes on from there.
    document.querySelector("main h1")?.focus({ preventScroll: true });
    document.querySelector("main").scrollTop = 0;
  }
}

function draw() {
  document.title = `${shown.title} · Leat`;
  render(html`
    <a class="skip" href="#main" @click=${skip}>Skip to the content</a>
    ${header()}
    <div class="body">
      ${navigation()}
      ${menuOpen ? html`<div class="backdrop" @click=${toggleMenu}></div>` : nothing}
      <main id="main" tabindex="-1" class=${store.connection.state === "stale" ? "is-stale" : ""}>${shown.render()}</main>
    </div>
    ${toastArea()}`, root);
}

function skip(event) {
  event.preventDefault();
  document.querySelector("main").focus();
}

function header() {
  return html`<header>
    <button type="button" class="icon-button menu-button" aria-label="Menu" aria-expanded=${menuOpen} aria-controls="navigation"
      @click=${toggleMenu}>${icon(menuOpen ? "close" : "menu")}</button>
    <a class="brand" href="#/queue"><img src=${new URL("icon.svg", import.meta.url).pathname} alt="" width="20" height="20">Leat</a>
    ${connection()}
    <dl class="figures">${figures()}</dl>
    <button type="button" class="icon-button" title=${`Theme: ${theme()}`} aria-label=${`Theme: ${theme()}. Change`}
      @click=${nextTheme}>${icon(theme())}</button>
    <button type="button" class="icon-button" title="Keyboard" aria-label="Keyboard shortcuts" @click=${keyboardHelp}>${icon("help")}</button>
  </header>`;
}

function connection() {
  const { state, since, retryAt } = store.connection;
  const left = retryAt ? retryAt - Date.now() : 0;
  // What changes each second is kept out of what is read aloud.
  return html`<div class="connection connection-${state}">
    <span class="dot" aria-hidden="true"></span>
    <span role="status" aria-live="polite" class="connection-state">${CONNECTION[state]}${
      state === "stale" ? html`<span class="hidden">. What is shown may be out of date.</span>` : nothing}</span>
    ${state === "stale" ? html`<span class="connection-detail" aria-hidden="true">stale for ${ticking(Date.now() - since)}${
      left > 500 ? `, trying again in ${ticking(left)}` : ", trying again"}</span>
      <button type="button" class="button button-small" @click=${() => live.retryNow()}>Now</button>` : nothing}
  </div>`;
}

function figures() {
  const jobs = store.stats?.jobs;
  if (!jobs) {
    return nothing;
  }
  const waiting = (jobs.queued ?? 0) + (jobs.retrying ?? 0) + (jobs.scheduled ?? 0);
  const { workers } = store.stats;
  return html`
    ${figure("Running", jobs.running ?? 0)}
    ${figure("Waiting", waiting)}
    ${figure("Failed", (jobs.failed ?? 0) + (jobs.timed_out ?? 0))}
    ${figure("Slots", `${count(slotsInUse())}/${count(workers?.slots ?? 0)}`)}
    ${figure("Workers", workers?.live ?? 0)}`;
}

function figure(name, value) {
  return html`<div class="figure"><dt>${name}</dt><dd>${typeof value === "number" ? short(value) : value}</dd></div>`;
}

function navigation() {
  const current = route().name === "jobs" ? "queue" : route().name;
  return html`<nav id="navigation" aria-label="Views" class=${menuOpen ? "is-open" : ""}>
    <ul>${NAVIGATION.map(([name, text]) => html`<li>
      <a href=${href(name)} aria-current=${name === current ? "page" : nothing}>${icon(name)}<span>${text}</span></a></li>`)}
    </ul>
    <a class="nav-foot" href="/api/docs">API description</a>
  </nav>`;
}

function toggleMenu() {
  menuOpen = !menuOpen;
  changed();
}

const live = new Live((jobs) => {
  store.jobs.clear();
  store.jobs.addAll(jobs);
  store.complete = jobs.length < SNAPSHOT;
  queueView.reset();
  changed();
});

/** What was cleared away goes from the list. */
function watchClearing() {
  let before = store.stats;
  onChange(() => {
    const after = store.stats;
    if (before && after && before !== after) {
      if (forgetGone(before, after)) {
        store.complete = false;
        queueView.reset();
      }
      changed();
    }
    before = after;
  });
}

async function followJobTypes() {
  try {
    if (document.visibilityState === "visible") {
      await refreshJobTypes();
    }
  } catch {
    // They are asked for again; the connection's state says that something is wrong.
  }
  setTimeout(followJobTypes, store.jobTypes.length === 0 ? 2000 : JOB_TYPES_EVERY_MS);
}

function escape() {
  if (menuOpen) {
    toggleMenu();
  } else if (route().name === "jobs") {
    location.hash = queueAddress();
  }
}

onChange(draw);
watchClearing();
window.addEventListener("hashchange", navigate);
window.addEventListener("leat:theme", changed);
document.addEventListener("keydown", (event) => onKey(event, () => shown.keys ?? {}, escape));
// Ages and times that are left go on while nothing happens.
setInterval(() => document.visibilityState === "visible" && changed(), 1000);
navigate();
live.start();
followJobTypes();
