// One job: where it stands, what it was asked, what it says, what came of it.

import { html, nothing } from "../lit.js";
import { asCurl, jobPath } from "../api.js";
import { duration, fullTime, percent, preciseTime, relative, shortId, ticking, time, words } from "../format.js";
import { icon } from "../icons.js";
import { hasEnded, rankOf } from "../job-table.js";
import { JobStream } from "../job-stream.js";
import { jsonView } from "../json-view.js";
import { go, href, queueAddress } from "../router.js";
import { submittedAt, timeLeft } from "../times.js";
import { copyButton, empty, head, loading, notice, progressBar, statusBadge, tags } from "../ui.js";
import { cancel, retry } from "./queue.js";

export function create() {
  return new JobView();
}

class JobView {
  title = "Job";
  #id;
  #stream;

  start([id]) {
    this.#follow(id);
  }

  update([id]) {
    if (id !== this.#id) {
      this.stop();
      this.#follow(id);
    }
  }

  stop() {
    this.#stream?.stop();
  }

  #follow(id) {
    this.#id = id;
    this.title = `Job ${id}`;
    this.#stream = new JobStream(id);
    this.#stream.start();
  }

  keys = {
    c: () => this.#cancel(),
    r: () => this.#retry(),
  };

  async #cancel() {
    const { job } = this.#stream;
    if (job && !hasEnded(job.status)) {
      await cancel(job);
      await this.#stream.reload();
    }
  }

  async #retry() {
    const { job } = this.#stream;
    if (!job || !hasEnded(job.status)) {
      return;
    }
    const again = await retry(job);
    if (again && again.id !== job.id) {
      go(["jobs", again.id]);
    } else if (again) {
      this.stop();
      this.#follow(job.id);
    }
  }

  render() {
    const { job, error } = this.#stream;
    const back = html`<a class="back" href=${queueAddress()}>${icon("back")}Queue</a>`;
    if (!job) {
      return html`${back}${head("Job")}${error ? notice(error, "the job") : loading("the job")}`;
    }
    return html`
      ${back}
      ${head(html`${job.type}`, this.#actions(job), html`<p class="mono id">${job.id}</p>`)}
      ${error ? notice(error, "the job") : nothing}
      ${this.#summary(job)}
      ${job.error ? this.#error(job.error) : nothing}
      <div class="columns">
        <div class="column">
          <section class="card" aria-label="Result"><h2>Result</h2>${this.#result(job)}</section>
          <section class="card" aria-label="History"><h2>History</h2>${timeline(job)}</section>
        </div>
        <div class="column">
          <section class="card" aria-label="Input"><h2>Input</h2>${job.params === undefined ? html`<p class="hint">None.</p>` : jsonView(job.params, "Input")}</section>
          <section class="card" aria-label="Attempts"><h2>Attempts</h2>${attempts(job)}</section>
        </div>
      </div>
      <section class="card" aria-label="Log"><h2>Log</h2>${log(this.#stream.lines)}</section>`;
  }

  #actions(job) {
    const submission = { type: job.type, params: job.params, priority: job.priority, ...(job.tags?.length > 0 ? { tags: job.tags } : {}) };
    return html`
      ${hasEnded(job.status)
        ? html`<button type="button" class="button" @click=${() => this.#retry()}>${icon("retry")}<span>Retry</span></button>`
        : html`<button type="button" class="button button-danger" ?disabled=${job.cancelRequested} @click=${() => this.#cancel()}>
            ${icon("close")}<span>${job.cancelRequested ? "Cancelling …" : "Cancel"}</span></button>`}
      ${copyButton("Copy as curl", () => asCurl("POST", "/jobs", submission))}`;
  }

  #summary(job) {
    const at = job.progress?.percent;
    const left = rankOf(job.status) === 0 ? timeLeft(job) : undefined;
    return html`<section class="card summary" aria-label="Summary">
      <div class="summary-progress">
        ${statusBadge(job.status)}
        ${rankOf(job.status) === 0 || at !== undefined ? html`${progressBar("Progress of the job", hasEnded(job.status) ? (job.status === "completed" ? 100 : (at ?? 0)) : at)}
          <span class="percent">${job.status === "completed" ? "100 %" : at === undefined ? "" : percent(at)}</span>` : nothing}
        <span class="message">${job.progress?.message ?? ""}</span>
        ${left === undefined ? nothing : html`<span class="muted">about ${ticking(left)} left</span>`}
      </div>
      <dl class="facts">
        ${fact("Priority", job.priority)}
        ${fact("Attempt", `${job.attempt}${job.maxAttempts ? ` of ${job.maxAttempts}` : ""}`)}
        ${fact("Worker", job.worker ? html`<span class="mono">${job.worker}</span>` : nothing)}
        ${fact("Submitted", moment(submittedAt(job)))}
        ${fact("Due", job.runAt && rankOf(job.status) === 3 ? moment(job.runAt) : nothing)}
        ${fact("Next attempt", job.nextAttemptAt ? moment(job.nextAttemptAt) : nothing)}
        ${fact("Started", job.startedAt ? moment(job.startedAt) : nothing)}
        ${fact("Finished", job.finishedAt ? moment(job.finishedAt) : nothing)}
        ${fact("Run time", job.startedAt && job.finishedAt ? duration(Date.parse(job.finishedAt) - Date.parse(job.startedAt)) : nothing)}
        ${fact("Deadline", job.deadline ? moment(job.deadline) : nothing)}
        ${fact("Tags", job.tags?.length > 0 ? job.tags.map((tag) => html`<a class="tag" href=${href("queue", { tag })}>${tag}</a>`) : nothing)}
        ${fact("Batch", job.batch ? html`<a href=${href(["batches", job.batch.id])}>operation ${job.batch.index}</a>` : nothing)}
        ${fact("Retry of", job.retryOf ? html`<a class="mono" href=${href(["jobs", job.retryOf])}>${shortId(job.retryOf)}</a>` : nothing)}
        ${fact("Duplicate of", job.duplicateOf ? html`<a class="mono" href=${href(["jobs", job.duplicateOf])}>${shortId(job.duplicateOf)}</a>` : nothing)}
        ${fact("Unique key", job.uniqueKey ?? nothing)}
      </dl>
    </section>`;
  }

  #error(error) {
    return html`<section class="card card-error" aria-label="Error"><h2>${words(error.code)}</h2><p class="error-message">${error.message}</p>
      ${error.stackTrace ? html`<details><summary>Stack trace</summary><pre class="code" tabindex="0">${error.stackTrace}</pre></details>` : nothing}
    </section>`;
  }

  #result(job) {
    const { result, resultError } = this.#stream;
    if (result) {
      return html`${jsonView(result.value, "Result")}
        <p class="hint"><a href=${`/api/v1${jobPath(job.id)}/result`} download=${`${job.id}.json`}>Download</a></p>`;
    }
    if (resultError) {
      return notice(resultError, "the result");
    }
    if (job.status === "completed") {
      return loading("the result");
    }
    return html`<p class="hint">${hasEnded(job.status) ? "It ended without one." : "Not yet."}</p>`;
  }
}

const fact = (name, value) => (value === nothing || value === undefined ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
const moment = (iso) => html`<time datetime=${iso} title=${fullTime(iso)}>${time(iso)} <span class="muted">${relative(iso)}</span></time>`;

function attempts(job) {
  const list = job.attempts ?? [];
  if (list.length === 0) {
    return html`<p class="hint">None yet.</p>`;
  }
  return html`<ol class="attempts">${list.toReversed().map((one) => html`<li>
    <div class="attempt-head"><strong>#${one.number}</strong>
      <span class="status status-${statusOfEnding(one.ending)}"><span class="dot" aria-hidden="true"></span>${words(one.ending ?? "running")}</span>
      <span class="muted">${one.endedAt ? duration(Date.parse(one.endedAt) - Date.parse(one.startedAt)) : ticking(Date.now() - Date.parse(one.startedAt))}</span>
      <span class="mono muted">${one.worker}</span></div>
    ${one.error ? html`<p class="message-error">${one.error.message}</p>` : nothing}</li>`)}</ol>`;
}

const ENDINGS = { succeeded: "completed", failed: "failed", timed_out: "timed_out", cancelled: "cancelled", lease_expired: "failed",
  snoozed: "retrying", released: "queued" };
const statusOfEnding = (ending) => (ending ? (ENDINGS[ending] ?? "queued") : "running");

/** All that has happened, oldest first. */
function happenings(job) {
  const list = [{ at: submittedAt(job), text: "Submitted", status: "queued" }];
  if (job.runAt && Date.parse(job.runAt) > Date.parse(submittedAt(job))) {
    list.push({ at: job.runAt, text: "Due", status: "scheduled" });
  }
  for (const one of job.attempts ?? []) {
    list.push({ at: one.startedAt, text: `Attempt ${one.number} started`, detail: one.worker, status: "running" });
    if (one.endedAt) {
      list.push({ at: one.endedAt, text: `Attempt ${one.number} ${words(one.ending)}`, detail: one.error?.message, status: statusOfEnding(one.ending) });
    }
  }
  if (job.nextAttemptAt) {
    list.push({ at: job.nextAttemptAt, text: "Next attempt", status: "retrying" });
  }
  if (job.finishedAt) {
    list.push({ at: job.finishedAt, text: words(job.status), status: job.status, last: true });
  }
  return list.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.last ? 1 : 0) - (b.last ? 1 : 0));
}

function timeline(job) {
  const list = happenings(job);
  return html`<ol class="timeline">${list.map((one, i) => html`<li class="status-${one.status}">
    <span class="dot" aria-hidden="true"></span>
    <div><span class="timeline-text">${one.text}</span>
      <time class="muted" datetime=${one.at} title=${fullTime(one.at)}>${preciseTime(one.at)}${i > 0 ? gap(list[i - 1].at, one.at) : ""}</time>
      ${one.detail ? html`<p class="muted">${one.detail}</p>` : nothing}</div></li>`)}</ol>`;
}

const gap = (before, after) => ` · +${duration(Math.max(0, Date.parse(after) - Date.parse(before)))}`;

function log(lines) {
  if (lines.length === 0) {
    return html`<p class="hint">The handler has written nothing.</p>`;
  }
  return html`<div class="log" role="log" tabindex="0" aria-label="Log lines">${lines.map((line) => html`<div class="log-line log-${line.level}">
    <time datetime=${line.at}>${preciseTime(line.at)}</time><span class="log-level">${line.level}</span>
    <span class="log-message">${line.message}${Object.entries(line.fields ?? {}).map(([name, value]) => html` <span class="log-field">${name}=${value}</span>`)}</span>
  </div>`)}</div>`;
}
