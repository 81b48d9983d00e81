// Plugins: what waits in each lane, what runs, limits, pause and resume.

import { html, nothing } from "../lit.js";
import { get, post, put } from "../api.js";
import { open } from "../dialog.js";
import { count, plural } from "../format.js";
import { icon } from "../icons.js";
import { Resource } from "../resource.js";
import { href } from "../router.js";
import { store } from "../store.js";
import { attempt } from "../toasts.js";
import { empty, head, shown } from "../ui.js";

const LANES = ["high", "normal", "low"];

export function create() {
  return new PluginsView();
}

class PluginsView {
  title = "Plugins";
  keys = {};
  #plugins = new Resource(() => get("/plugins"), 2_000);

  start() {
    this.#plugins.start();
  }

  update() {}

  stop() {
    this.#plugins.stop();
  }

  render() {
    return html`${head("Plugins")}
      ${shown(this.#plugins, "plugins", ({ plugins }) => (plugins.length === 0
        ? empty("No plugins yet", "Workers announce theirs when they start.")
        : html`<div class="cards">${plugins.map((plugin) => this.#card(plugin))}</div>`))}`;
  }

  #card(plugin) {
    const { id, paused, limits } = plugin;
    const counts = store.stats?.byPlugin?.[id] ?? {};
    return html`<article class="card" aria-labelledby=${`plugin-${id}`}>
      <div class="card-head"><h2 id=${`plugin-${id}`}>${id}</h2>
        ${paused ? html`<span class="status status-retrying"><span class="dot" aria-hidden="true"></span>paused</span>` : nothing}
        <div class="actions">
          <button type="button" class="button button-small" aria-label=${`${paused ? "Resume" : "Pause"} ${id}`} @click=${() => this.#pause(plugin)}>
            ${icon(paused ? "resume" : "pause")}<span>${paused ? "Resume" : "Pause"}</span></button>
          <button type="button" class="button button-small" aria-label=${`Limits of ${id}`} @click=${() => this.#limit(plugin)}>Limits</button>
        </div></div>
      <dl class="facts">
        <div><dt>Running</dt><dd>${count(plugin.running)}${limits.maxRunning ? ` of ${count(limits.maxRunning)}` : ""}</dd></div>
        <div><dt>Starts</dt><dd>${limits.startsPerSecond ? `up to ${limits.startsPerSecond} a second` : "unlimited"}</dd></div>
        <div><dt>Workers</dt><dd class=${plugin.workers === 0 ? "is-bad" : ""}>${count(plugin.workers)}</dd></div>
        <div><dt>Failed</dt><dd>${count((counts.failed ?? 0) + (counts.timed_out ?? 0))}</dd></div>
      </dl>
      <h3>Waiting</h3>
      ${lanes(plugin, counts)}
      <h3>Job types</h3>
      <ul class="type-tags">${plugin.jobTypes.map((type) => html`<li><a class="tag" href=${href(["submit", type])}>${type.split(":")[1]}</a></li>`)}</ul>
    </article>`;
  }

  async #pause({ id, paused }) {
    await attempt(() => post(`/plugins/${encodeURIComponent(id)}/${paused ? "resume" : "pause"}`), paused ? `Resumed ${id}` : `Paused ${id}; what runs goes on`);
    await this.#plugins.reload();
  }

  async #limit({ id, limits }) {
    const wanted = await open(`Limits of ${id}`, ({ close }) => html`<form class="dialog-body" @submit=${(event) => { event.preventDefault(); close(read(event.target)); }}>
      <h2>Limits of ${id}</h2><p class="hint">Over all workers. What is left empty is not limited.</p>
      <div class="field"><label for="max-running">Running at a time</label><input id="max-running" name="maxRunning" type="number" min="1" max="1000000" step="1" .value=${limits.maxRunning ?? ""}></div>
      <div class="field"><label for="starts">Starts a second</label><input id="starts" name="startsPerSecond" type="number" min="0.000001" max="1000000" step="any" .value=${limits.startsPerSecond ?? ""}></div>
      <div class="actions"><button type="button" class="button" @click=${() => close()}>Keep as they are</button><button type="submit" class="button button-primary">Set limits</button></div></form>`);
    if (wanted) {
      await attempt(() => put(`/plugins/${encodeURIComponent(id)}/limits`, wanted), `The limits of ${id} hold`);
      await this.#plugins.reload();
    }
  }
}

function read(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== "").map(([name, value]) => [name, Number(value)]));
}

/** How many wait in each lane. */
function lanes(plugin, counts) {
  if (!plugin.lanes) {
    // Right after its start the server does not know yet.
    return html`<p>${plural((counts.queued ?? 0) + (counts.retrying ?? 0) + (counts.scheduled ?? 0), "job")}</p>`;
  }
  const depths = LANES.map((lane) => [lane, plugin.lanes[lane] ?? {}]);
  const most = Math.max(1, ...depths.map(([, { queued = 0 }]) => queued));
  return html`<dl class="lanes">${depths.map(([lane, { queued = 0, scheduled = 0, retrying = 0 }]) => html`<div><dt>${lane}</dt>
    <dd><meter min="0" max=${most} .value=${queued} aria-label=${`Queued in lane ${lane}`}></meter><span>${count(queued)}</span>
      ${scheduled + retrying > 0 ? html`<span class="muted">+ ${count(scheduled + retrying)} later</span>` : nothing}</dd></div>`)}</dl>`;
}
