// Schedules: when they fire next, what came of the last times, and pause, resume, trigger.

import { html, nothing } from "../lit.js";
import { get, post } from "../api.js";
import { fullTime, isoDuration, plural, relative, time, words } from "../format.js";
import { icon } from "../icons.js";
import { Resource } from "../resource.js";
import { href } from "../router.js";
import { attempt } from "../toasts.js";
import { empty, head, shown, statusBadge } from "../ui.js";

export function create() {
  return new SchedulesView();
}

class SchedulesView {
  title = "Schedules";
  keys = {};
  #schedules = new Resource(all, 3_000);

  start() {
    this.#schedules.start();
  }

  update() {}

  stop() {
    this.#schedules.stop();
  }

  async #tell(schedule, what, done) {
    await attempt(() => post(`/schedules/${encodeURIComponent(schedule.id)}/${what}`), done);
    await this.#schedules.reload();
  }

  render() {
    return html`${head("Schedules")}
      ${shown(this.#schedules, "schedules", (schedules) => (schedules.length === 0
        ? empty("No schedules yet", "POST /api/v1/schedules makes one, by cron or interval.")
        : html`<div class="cards">${schedules.map((schedule) => this.#card(schedule))}</div>`))}`;
  }

  #card(schedule) {
    const { id, paused } = schedule;
    return html`<article class="card" aria-labelledby=${`schedule-${id}`}>
      <div class="card-head"><h2 id=${`schedule-${id}`}>${id}</h2>
        ${paused ? html`<span class="status status-retrying"><span class="dot" aria-hidden="true"></span>paused</span>` : nothing}
        <div class="actions">
          <button type="button" class="button button-small" aria-label=${`${paused ? "Resume" : "Pause"} ${id}`}
            @click=${() => (paused ? this.#tell(schedule, "resume", `Resumed ${id}`) : this.#tell(schedule, "pause", `Paused ${id}`))}>
            ${icon(paused ? "resume" : "pause")}<span>${paused ? "Resume" : "Pause"}</span></button>
          <button type="button" class="button button-small" aria-label=${`Trigger ${id}`} @click=${() => this.#tell(schedule, "trigger", `Triggered ${id}`)}>
            ${icon("submit")}<span>Trigger</span></button>
        </div></div>
      <p class="cadence"><code>${schedule.cron ?? `every ${isoDuration(schedule.every)}`}</code>${schedule.cron ? html` <span class="muted">${schedule.timeZone === "Z" ? "UTC" : schedule.timeZone}</span>` : nothing}
        <span class="muted">→</span> ${target(schedule)}</p>
      <p class="hint">On overlap ${words(schedule.overlap)}${schedule.jitter && schedule.jitter !== "PT0S" ? `, jitter up to ${isoDuration(schedule.jitter)}` : ""}${
        schedule.catchUp ? `, makes up for ${plural(schedule.catchUp.firings, "missed time")}` : ""}${schedule.waiting ? ", one waits for an earlier job" : ""}.</p>
      <div class="halves">
        <section><h3>Next</h3>${next(schedule)}</section>
        <section><h3>Last</h3>${last(schedule)}</section>
      </div></article>`;
  }
}

/** All pages of them. */
async function all() {
  const schedules = [];
  let cursor;
  do {
    const page = await get("/schedules", { cursor });
    schedules.push(...page.schedules);
    cursor = page.nextCursor;
  } while (cursor !== undefined && schedules.length < 2_000);
  return schedules;
}

function target({ job, batch, batchTemplate }) {
  if (job) {
    return html`<a href=${href("queue", { type: job.type })}>${job.type}</a>`;
  }
  const template = batch ?? batchTemplate;
  return html`batch template <strong>${template?.template ?? template?.name ?? template}</strong>`;
}

function next({ nextFirings = [], paused }) {
  if (nextFirings.length === 0) {
    return html`<p class="hint">${paused ? "None while it is paused." : "None."}</p>`;
  }
  return html`<ol class="firings">${nextFirings.slice(0, 5).map(({ firesAt }) => html`<li><time datetime=${firesAt} title=${fullTime(firesAt)}>${time(firesAt)}</time>
    <span class="muted">${relative(firesAt)}</span></li>`)}</ol>`;
}

function last({ lastFirings = [] }) {
  if (lastFirings.length === 0) {
    return html`<p class="hint">None yet.</p>`;
  }
  return html`<ol class="firings">${lastFirings.slice(0, 5).map((one) => html`<li><time datetime=${one.dueAt} title=${fullTime(one.dueAt)}>${time(one.dueAt)}</time> ${outcome(one)}</li>`)}</ol>`;
}

function outcome({ jobId, batchId, status, skipped }) {
  if (skipped) {
    return html`<span class="muted">left out: ${words(skipped)}</span>`;
  }
  const link = jobId ? href(["jobs", jobId]) : batchId ? href(["batches", batchId]) : undefined;
  const badge = status ? statusBadge(status) : html`<span class="status status-running"><span class="dot" aria-hidden="true"></span>under way</span>`;
  return link ? html`<a href=${link}>${badge}</a>` : badge;
}
