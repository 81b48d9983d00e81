// The workers that live: slots, age of the lease, version.

import { html, nothing } from "../lit.js";
import { get } from "../api.js";
import { count, duration, fullTime, isoDuration, parseDuration, relative } from "../format.js";
import { Resource } from "../resource.js";
import { href } from "../router.js";
import { tags, empty, head, shown } from "../ui.js";

/** A worker beats every two seconds; one that is late by more is likely to lose its lease. */
const LATE_MS = 5_000;

export function create() {
  return new WorkersView();
}

class WorkersView {
  title = "Workers";
  keys = {};
  #workers = new Resource(() => get("/workers"), 2_000);

  start() {
    this.#workers.start();
  }

  update() {}

  stop() {
    this.#workers.stop();
  }

  render() {
    return html`${head("Workers")}
      ${shown(this.#workers, "workers", ({ workers }) => (workers.length === 0
        ? empty("No worker lives", "Jobs are accepted and wait until one does.")
        : html`<div class="table-scroll" tabindex="0" role="group" aria-label="Workers"><table class="table table-cards"><thead><tr><th scope="col">Worker</th><th scope="col">State</th><th scope="col">Slots in use</th><th scope="col">Runs</th>
          <th scope="col">Lease age</th><th scope="col">Version</th><th scope="col">Plugins</th><th scope="col">Up since</th></tr></thead><tbody>${workers.map(row)}</tbody></table></div>`))}`;
  }
}

function row(worker) {
  const used = worker.slots - worker.freeSlots;
  const age = parseDuration(worker.sinceLastBeat);
  return html`<tr>
    <td data-label="Worker"><span class="mono">${worker.id}</span></td>
    <td data-label="State">${state(worker.state ?? "alive")}</td>
    <td data-label="Slots in use" class="cell-bar"><meter min="0" max=${Math.max(1, worker.slots)} .value=${used} aria-label=${`Slots in use of ${worker.id}`}></meter>
      <span>${count(used)} of ${count(worker.slots)}</span>${worker.lostSlots > 0 ? html` <span class="is-bad">${count(worker.lostSlots)} lost</span>` : nothing}</td>
    <td data-label="Runs"><div class="worker-jobs">${(worker.jobs ?? []).slice(0, 4).map((job) => html`<a href=${href(["jobs", job.id])}>${job.type}</a>`)}${
      worker.jobs?.length > 4 ? html`<span class="muted">and ${count(worker.jobs.length - 4)} more</span>` : nothing}</div></td>
    <td data-label="Lease age" class=${age > LATE_MS ? "is-bad" : ""}>${duration(age)}${worker.lease ? html` <span class="muted">of ${isoDuration(worker.lease)}</span>` : nothing}</td>
    <td data-label="Version">${worker.version}</td>
    <td data-label="Plugins"><div class="worker-plugins">${tags(worker.plugins)}</div></td>
    <td data-label="Up since"><time datetime=${worker.startedAt} title=${fullTime(worker.startedAt)}>${relative(worker.startedAt)}</time></td></tr>`;
}

const STATES = { alive: "completed", draining: "retrying", silent: "failed" };
const state = (name) => html`<span class="status status-${STATES[name] ?? "queued"}"><span class="dot" aria-hidden="true"></span>${name}</span>`;
