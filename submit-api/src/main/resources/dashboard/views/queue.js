// The queue as a live table.

import { html, nothing } from "../lit.js";
import { cancelJob, remove, retryJob } from "../api.js";
import { confirmed } from "../dialog.js";
import { count, duration, percent, plural, relative, short, shortId, ticking, words } from "../format.js";
import { icon } from "../icons.js";
import { hasEnded, rankOf } from "../job-table.js";
import { QueuePages } from "../queue-pages.js";
import { go, href, refine } from "../router.js";
import { changed, MOST_JOBS, store } from "../store.js";
import { submittedAt, timeLeft } from "../times.js";
import { attempt } from "../toasts.js";
import { empty, head, notice, progressBar, statusBadge, tags } from "../ui.js";
import { VirtualList } from "../virtual-list.js";

const STATUSES = ["running", "queued", "retrying", "scheduled", "completed", "failed", "timed_out", "cancelled", "expired",
  "rejected"];
const CLEARABLE = STATUSES.slice(4);
const narrow = matchMedia("(max-width: 760px)");

export function create() {
  return new QueueView();
}

class QueueView {
  title = "Queue";
  #filter = {};
  #pages = new QueuePages({});
  #visible = [];
  #selected;
  /** The row that the keyboard is in: the selected one, or else the first. */
  #current;
  #list = new VirtualList({
    key: (entry) => entry.id,
    row: (entry, index) => this.#row(entry.job, index),
    height: () => (narrow.matches ? 68 : 38),
    onEnd: () => this.#pages.more(),
  });

  start(rest, query) {
    this.update(rest, query);
  }

  update(rest, { status = "", type = "", tag = "", q = "" }) {
    const before = this.#filter;
    this.#filter = { status, type, tag, q };
    if (before.status !== status || before.type !== type || before.tag !== tag) {
      this.#pages = new QueuePages(this.#filter);
    }
    if (JSON.stringify(before) !== JSON.stringify(this.#filter)) {
      this.#list.toTop();
    }
    changed();
  }

  stop() {
    this.#list.keepPlace();
  }

  /** A whole new state has come: what was read before does not count. */
  reset() {
    this.#pages = new QueuePages(this.#filter);
  }

  keys = {
    ArrowDown: () => this.#move(1),
    ArrowUp: () => this.#move(-1),
    j: () => this.#move(1),
    k: () => this.#move(-1),
    Home: () => this.#select(0),
    End: () => this.#select(this.#visible.length - 1),
    PageDown: () => this.#move(15),
    PageUp: () => this.#move(-15),
    Enter: () => this.#selected && go(["jobs", this.#selected]),
    "/": () => document.querySelector("#search")?.focus(),
    c: () => this.#withSelected((job) => !hasEnded(job.status) && cancel(job)),
    r: () => this.#withSelected((job) => hasEnded(job.status) && retry(job)),
  };

  #withSelected(action) {
    const job = this.#selected && store.jobs.find(this.#selected);
    if (job) {
      action(job);
    }
  }

  #move(by) {
    const at = this.#visible.findIndex(({ id }) => id === this.#selected);
    this.#select(at < 0 ? 0 : at + by);
  }

  #select(index) {
    const bounded = Math.max(0, Math.min(index, this.#visible.length - 1));
    this.#selected = this.#visible[bounded]?.id;
    this.#list.reveal(bounded);
    changed();
  }

  render() {
    this.#visible = this.#matching();
    this.#current = (this.#visible.find(({ id }) => id === this.#selected) ?? this.#visible[0])?.id;
    this.#list.show(this.#visible);
    const filtered = Object.values(this.#filter).some((value) => value !== "");
    return html`
      ${head("Queue", html`
        <button type="button" class="button" @click=${clear}>${icon("trash")}<span>Clear ended</span></button>
        <a class="button button-primary" href=${href("submit")}>${icon("submit")}<span>Submit job</span></a>`)}
      ${this.#filters(filtered)}
      ${this.#pages.error ? notice(this.#pages.error, "the list of jobs") : nothing}
      <div class="grid queue-grid" role="grid" aria-label="Jobs" aria-rowcount=${this.#visible.length + 1} tabindex="0"
        aria-activedescendant=${this.#selected && document.getElementById(`job-${this.#selected}`) ? `job-${this.#selected}` : nothing}>
        <div class="grid-head" role="rowgroup"><div class="row" role="row" aria-rowindex="1">
          ${["Status", "Type", "Job", "Progress", "Tags", "Attempt", "Time", "Submitted", "Actions"].map((name) => html`
            <span role="columnheader">${name}</span>`)}
        </div></div>
        ${this.#list.element}
      </div>
      ${this.#visible.length === 0 ? this.#nothing(filtered) : nothing}
      <p class="foot" role="status">${this.#foot()}</p>`;
  }

  #filters(filtered) {
    const counts = store.stats?.jobs ?? {};
    const chips = STATUSES.filter((status) => counts[status] > 0 || this.#filter.status === status);
    return html`<div class="filters">
      <div class="chips" role="group" aria-label="Filter by status">
        ${this.#chip("", "All", Object.values(counts).reduce((sum, n) => sum + n, 0))}
        ${chips.map((status) => this.#chip(status, words(status), counts[status]))}
      </div>
      <div class="filter-fields">
        <label class="search">${icon("search")}<span class="hidden">Search jobs</span>
          <input id="search" type="search" placeholder="Search: type, id, tag, message …" autocomplete="off" spellcheck="false"
            .value=${this.#filter.q} @input=${(event) => this.#refine({ q: event.target.value })}
            @keydown=${(event) => event.key === "Enter" && this.#open(event.target.value)}></label>
        <label><span class="hidden">Job type</span>
          <select @change=${(event) => this.#refine({ type: event.target.value })}>
            <option value="" ?selected=${this.#filter.type === ""}>All types</option>
            ${store.jobTypes.map(({ type }) => html`<option value=${type} ?selected=${this.#filter.type === type}>${type}</option>`)}
          </select></label>
        ${this.#filter.tag ? html`<button type="button" class="tag tag-button" @click=${() => this.#refine({ tag: "" })}
          aria-label=${`Remove the filter by tag ${this.#filter.tag}`}>${this.#filter.tag}${icon("close")}</button>` : nothing}
        ${filtered ? html`<button type="button" class="button button-quiet" @click=${() => refine({})}>Clear filters</button>` : nothing}
      </div>
    </div>`;
  }

  #chip(status, name, n = 0) {
    return html`<button type="button" class="chip ${status ? `status-${status}` : ""}" aria-pressed=${this.#filter.status === status}
      @click=${() => this.#refine({ status: this.#filter.status === status ? "" : status })}>
      ${status ? html`<span class="dot" aria-hidden="true"></span>` : nothing}${name} <span class="count">${short(n)}</span></button>`;
  }

  #refine(change) {
    refine({ ...this.#filter, ...change });
  }

  /** The search field also takes a whole id, of a job that is not in the list. */
  #open(text) {
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text.trim())) {
      go(["jobs", text.trim()]);
    } else {
      document.querySelector("#search").blur();
      this.#select(0);
    }
  }

  #matching() {
    const { frontier } = this.#pages;
    const { status, type, tag, q } = this.#filter;
    const text = q.trim().toLowerCase();
    return store.jobs.entries().filter(({ rank, job }) => (status ? statusOf(job) === status : rank <= frontier)
      && (type === "" || job.type === type)
      && (tag === "" || (job.tags ?? []).includes(tag))
      && (text === "" || searched(job).includes(text)));
  }

  #row(job, index) {
    const selected = this.#selected === job.id;
    const tabindex = this.#current === job.id ? 0 : -1;
    return html`<div class="row job-row" role="row" id=${`job-${job.id}`} aria-rowindex=${index + 2} aria-selected=${selected}
      @click=${(event) => this.#clicked(event, job)}>
      <span role="gridcell" class="cell-status">${statusBadge(job.status)}</span>
      <span role="gridcell" class="cell-type"><a href=${href(["jobs", job.id])} tabindex=${tabindex}>${job.type}</a></span>
      <span role="gridcell" class="cell-id mono">${shortId(job.id)}</span>
      <span role="gridcell" class="cell-progress">${progressOf(job)}</span>
      <span role="gridcell" class="cell-tags">${tags(job.tags)}</span>
      <span role="gridcell" class="cell-attempt">${job.attempt > 1 ? `#${job.attempt}` : nothing}</span>
      <span role="gridcell" class="cell-time">${timeOf(job)}</span>
      <span role="gridcell" class="cell-submitted">${relative(submittedAt(job))}</span>
      <span role="gridcell" class="cell-actions">${actionsOf(job, tabindex)}</span>
    </div>`;
  }

  #clicked(event, job) {
    if (event.target.closest("a, button")) {
      return;
    }
    this.#selected = job.id;
    go(["jobs", job.id]);
  }

  #nothing(filtered) {
    if (this.#pages.isLoading || store.connection.state === "connecting") {
      return html`<div class="overlay">${empty("Loading the queue …")}</div>`;
    }
    return html`<div class="overlay">${filtered
      ? empty("No job matches", html`<button type="button" class="button" @click=${() => refine({})}>Clear filters</button>`)
      : empty("No jobs yet", html`<a class="button button-primary" href=${href("submit")}>Submit the first one</a>`)}</div>`;
  }

  #foot() {
    const shown = plural(this.#visible.length, "job");
    if (this.#pages.isFull && !this.#pages.isDone) {
      return `${shown} shown of the first ${count(MOST_JOBS)} read; filter to see others`;
    }
    return this.#pages.isDone ? shown : `${shown} shown, more as you scroll`;
  }
}

const statusOf = (job) => (job.status === "cancelling" ? "running" : job.status);

function searched(job) {
  return `${job.type} ${job.id} ${(job.tags ?? []).join(" ")} ${job.status} ${job.worker ?? ""} ${job.progress?.message ?? ""} ${
    job.error?.message ?? ""}`.toLowerCase();
}

function progressOf(job) {
  if (rankOf(job.status) === 0) {
    const at = job.progress?.percent;
    return html`${progressBar(`Progress of ${job.type}`, at)}<span class="percent">${at === undefined ? "" : percent(at)}</span>
      <span class="message">${job.progress?.message ?? ""}</span>`;
  }
  if (job.error) {
    return html`<span class="message message-error">${job.error.message}</span>`;
  }
  return html`<span class="message">${job.status === "retrying" && job.nextAttemptAt
    ? `next attempt ${relative(job.nextAttemptAt)}`
    : job.status === "scheduled" && job.runAt ? `due ${relative(job.runAt)}` : ""}</span>`;
}

function timeOf(job) {
  if (rankOf(job.status) === 0) {
    const left = timeLeft(job);
    return left === undefined ? nothing : html`<span title="Time left, estimated">~ ${ticking(left)}</span>`;
  }
  if (job.startedAt && job.finishedAt) {
    return html`<span title="Run time of the last attempt">${duration(Date.parse(job.finishedAt) - Date.parse(job.startedAt))}</span>`;
  }
  return nothing;
}

function actionsOf(job, tabindex) {
  if (job.status === "cancelling") {
    return nothing;
  }
  return hasEnded(job.status)
    ? html`<button type="button" class="icon-button" tabindex=${tabindex} title="Retry" aria-label=${`Retry ${job.type} ${shortId(job.id)}`}
        @click=${() => retry(job)}>${icon("retry")}</button>`
    : html`<button type="button" class="icon-button" tabindex=${tabindex} title="Cancel" aria-label=${`Cancel ${job.type} ${shortId(job.id)}`}
        @click=${() => cancel(job)}>${icon("close")}</button>`;
}

export async function cancel(job) {
  const answer = await attempt(() => cancelJob(job.id), `Asked to cancel ${job.type}`);
  if (answer) {
    store.jobs.addAll([answer]);
    changed();
  }
}

export async function retry(job) {
  const answer = await attempt(() => retryJob(job.id), `Submitted ${job.type} again`);
  if (answer) {
    store.jobs.addAll([answer]);
    changed();
  }
  return answer;
}

async function clear() {
  const counts = store.stats?.jobs ?? {};
  const statuses = CLEARABLE.filter((status) => counts[status] > 0);
  if (statuses.length === 0) {
    return;
  }
  let status = statuses[0];
  const yes = await confirmed({
    title: "Clear ended jobs",
    action: "Clear",
    danger: true,
    detail: html`<p>They are forgotten with their results and logs.</p>
      <label class="field"><span>Which</span><select @change=${(event) => { status = event.target.value; }}>
        ${statuses.map((one) => html`<option value=${one}>${words(one)} (${count(counts[one])})</option>`)}</select></label>`,
  });
  if (yes) {
    await attempt(() => remove("/jobs", { status }), ({ cleared }) => `Cleared ${plural(cleared, "job")}`);
  }
}
