// Batches, and one of them with its members.

import { html, nothing } from "../lit.js";
import { get, post, remove } from "../api.js";
import { confirmed } from "../dialog.js";
import { count, fullTime, percent, plural, shortId, ticking, time, words } from "../format.js";
import { icon } from "../icons.js";
import { PagedList } from "../paged-list.js";
import { Resource } from "../resource.js";
import { href, refine } from "../router.js";
import { changed } from "../store.js";
import { attempt } from "../toasts.js";
import { empty, head, loading, notice, progressBar, shown, statusBadge, timeAgo } from "../ui.js";
import { VirtualList } from "../virtual-list.js";

const EVERY_MS = 3_000;
const PAGE = 200;
const OPEN = new Set(["running", "stopping", "cancelling", "rolling_back"]);
const ORDER = ["completed", "failed", "timed_out", "expired", "rejected", "cancelled", "skipped", "released", "waiting"];

export function create() {
  return new BatchesView();
}

class BatchesView {
  #one;
  #list = new PagedList(async (cursor) => {
    const { batches, nextCursor } = await get("/batches", { limit: 50, cursor });
    return { items: batches, next: nextCursor };
  });
  #timer;

  get title() {
    return this.#one ? `Batch ${this.#one.id}` : "Batches";
  }

  get keys() {
    return {};
  }

  start(rest, query) {
    this.update(rest, query);
    this.#timer = setInterval(() => this.#refresh(), EVERY_MS);
  }

  update([id], query) {
    if (id !== this.#one?.id) {
      this.#one?.stop();
      this.#one = id ? new OneBatch(id) : undefined;
    }
    this.#one?.filter(query.status ?? "");
    this.#refresh();
  }

  stop() {
    clearInterval(this.#timer);
    this.#one?.stop();
    this.#one = undefined;
  }

  /** Pages that were scrolled to stay; the first one is asked for anew only while no other is there. */
  #refresh() {
    if (!this.#one && document.visibilityState === "visible" && (this.#list.items?.length ?? 0) <= 50) {
      this.#list.refresh();
    }
  }

  render() {
    return this.#one ? this.#one.render() : this.#all();
  }

  #all() {
    const { items, error } = this.#list;
    return html`${head("Batches")}
      ${error ? notice(error, "the list of batches") : nothing}
      ${items === undefined ? (error ? nothing : loading("batches"))
        : items.length === 0 ? empty("No batches yet", html`POST /api/v1/batches takes up to 100,000 operations, accepted together or not at all.`)
          : html`<div class="table-scroll" tabindex="0" role="group" aria-label="Batches"><table class="table table-cards">
            <thead><tr><th scope="col">Status</th><th scope="col">Batch</th><th scope="col">Progress</th><th scope="col">Operations</th><th scope="col">Failed</th><th scope="col">Time left</th><th scope="col">Submitted</th></tr></thead>
            <tbody>${items.map(row)}</tbody></table></div>
            ${this.#list.isDone ? nothing : html`<button type="button" class="button" @click=${() => this.#list.more()}>More</button>`}`}`;
  }
}

function row(batch) {
  return html`<tr>
    <td data-label="Status">${statusBadge(batch.status)}</td>
    <td data-label="Batch"><a href=${href(["batches", batch.id])}>${batch.name ?? html`<span class="mono">${shortId(batch.id)}</span>`}</a></td>
    <td data-label="Progress" class="cell-bar">${progressBar(`Progress of ${batch.name ?? "the batch"}`, batch.percent)}<span class="percent">${percent(batch.percent)}</span></td>
    <td data-label="Operations">${count(batch.total)}</td>
    <td data-label="Failed" class=${batch.failed > 0 ? "is-bad" : ""}>${count(batch.failed)}</td>
    <td data-label="Time left">${batch.estimate ? `~ ${ticking(batch.estimate.seconds * 1000)}` : ""}</td>
    <td data-label="Submitted">${timeAgo(batch.submittedAt)}</td></tr>`;
}

class OneBatch {
  #batch;
  #members;
  #status = "";
  #source;
  #refreshing = 0;
  #list = new VirtualList({
    key: ({ index }) => index,
    row: (operation, i) => member(operation, i),
    height: () => (matchMedia("(max-width: 760px)").matches ? 44 : 36),
    onEnd: () => this.#members.more(),
  });

  constructor(id) {
    this.id = id;
    this.#members = this.#membersOf("");
    this.#batch = new Resource(async () => {
      const batch = await get(this.#path());
      this.#refreshMembers();
      return batch;
    }, EVERY_MS);
    this.#batch.start();
    document.addEventListener("visibilitychange", this.#listen);
    this.#listen();
  }

  #path() {
    return `/batches/${encodeURIComponent(this.id)}`;
  }

  #membersOf(status) {
    return new PagedList(async (cursor) => {
      const { operations, nextCursor } = await get(`${this.#path()}/operations`, { status, limit: PAGE, cursor });
      return { items: operations, next: nextCursor };
    });
  }

  filter(status) {
    if (status !== this.#status || this.#members.items === undefined) {
      this.#status = status;
      this.#members = this.#membersOf(status);
      this.#list.toTop();
      this.#members.refresh();
    }
  }

  /** Told of a change, the batch is asked for; where no such stream is offered it is asked for every few seconds anyway. */
  #listen = () => {
    this.#source?.close();
    if (document.visibilityState !== "visible") {
      return;
    }
    this.#source = new EventSource(`/api/v1${this.#path()}/progress`);
    const soon = () => {
      this.#refreshing ||= setTimeout(() => {
        this.#refreshing = 0;
        this.reload();
      }, 400);
    };
    ["state", "progress", "operation"].forEach((name) => this.#source.addEventListener(name, soon));
    this.#source.addEventListener("operation", ({ data }) => this.#told(JSON.parse(data)));
    ["complete", "failed", "cancelled", "rolled_back", "rollback_failed"].forEach((end) => this.#source.addEventListener(end, () => {
      this.#source.close();
      soon();
    }));
  };

  /** Pages that were scrolled to stay as they are, but for what is told of single operations. */
  #refreshMembers() {
    if (this.#members.items?.length <= PAGE) {
      this.#members.refresh();
    }
  }

  #told({ index, state, error }) {
    if (this.#members.items?.length > PAGE) {
      this.#members.items = this.#members.items.map((item) => (item.index === index ? { ...item, status: state, error } : item));
      changed();
    }
  }

  reload() {
    this.#batch.reload();
  }

  stop() {
    this.#batch.stop();
    document.removeEventListener("visibilitychange", this.#listen);
    this.#source?.close();
    clearTimeout(this.#refreshing);
  }

  render() {
    const batch = this.#batch.data;
    this.#list.show(this.#members.items ?? []);
    return html`<a class="back" href=${href("batches")}>${icon("back")}Batches</a>
      ${head(batch?.name ?? "Batch", batch ? this.#actions(batch) : nothing, html`<p class="mono id">${this.id}</p>`)}
      ${shown(this.#batch, "the batch", (one) => html`${summary(one)}${failures(one)}${this.#table(one)}`)}`;
  }

  #actions(batch) {
    return html`
      ${OPEN.has(batch.status) && batch.status !== "cancelling" ? html`<button type="button" class="button button-danger" @click=${() => this.#cancel(batch)}>${icon("close")}<span>Cancel all</span></button>` : nothing}
      ${batch.completed > 0 && !["rolling_back", "rolled_back"].includes(batch.status) ? html`<button type="button" class="button" @click=${() => this.#rollBack(batch)}>${icon("retry")}<span>Roll back</span></button>` : nothing}`;
  }

  async #cancel(batch) {
    if (await confirmed({ title: "Cancel the batch?", detail: html`<p>Nothing more of it is released, and what runs is asked to stop.</p>`, action: "Cancel all", danger: true })) {
      await attempt(() => remove(`/batches/${batch.id}`), "Asked to cancel the batch");
      this.reload();
    }
  }

  async #rollBack(batch) {
    if (await confirmed({ title: "Roll back the batch?", detail: html`<p>${plural(batch.completed, "completed operation")} are taken back, the last one first, as far as their job types say how.</p>`, action: "Roll back", danger: true })) {
      await attempt(() => post(`/batches/${batch.id}/rollback`), "Asked to roll back the batch");
      this.reload();
    }
  }

  #table(batch) {
    const states = ORDER.filter((state) => batch.states[state] > 0 || state === this.#status);
    const chip = (status, name, n) => html`<button type="button" class="chip ${status ? `status-${status}` : ""}" aria-pressed=${this.#status === status}
      @click=${() => refine({ status: this.#status === status ? "" : status })}>${status ? html`<span class="dot" aria-hidden="true"></span>` : nothing}${name} <span class="count">${count(n)}</span></button>`;
    return html`<section class="members" aria-label="Operations"><h2>Operations</h2>
      <div class="chips" role="group" aria-label="Filter operations by status">${chip("", "All", batch.total)}${states.map((state) => chip(state, words(state), batch.states[state] ?? 0))}</div>
      ${this.#members.error ? notice(this.#members.error, "the operations") : nothing}
      <div class="grid member-grid" role="grid" aria-label="Operations" tabindex="0" aria-rowcount=${(this.#members.items?.length ?? 0) + 1}>
        <div class="grid-head" role="rowgroup"><div class="row" role="row" aria-rowindex="1">${["Operation", "Status", "Type", "Job", "Error", "Finished", "Taken back"].map((name) => html`<span role="columnheader">${name}</span>`)}</div></div>
        ${this.#list.element}</div>
      <p class="foot">${plural(this.#members.items?.length ?? 0, "operation")} shown${this.#members.isDone ? "" : ", more as you scroll"}</p></section>`;
  }
}

function member(operation, i) {
  const { compensation } = operation;
  return html`<div class="row" role="row" aria-rowindex=${i + 2}>
    <span role="gridcell" class="mono">${operation.index}</span>
    <span role="gridcell">${statusBadge(operation.status)}</span>
    <span role="gridcell">${operation.type}</span>
    <span role="gridcell" class="mono">${["waiting", "skipped"].includes(operation.status) ? shortId(operation.jobId) : html`<a href=${href(["jobs", operation.jobId])}>${shortId(operation.jobId)}</a>`}</span>
    <span role="gridcell" class="message message-error">${operation.error?.message ?? ""}</span>
    <span role="gridcell">${timeAgo(operation.finishedAt)}</span>
    <span role="gridcell">${compensation ? html`<a href=${href(["jobs", compensation.jobId])}>${words(compensation.status)}</a>` : nothing}</span></div>`;
}

function summary(batch) {
  const { estimate } = batch;
  return html`<section class="card summary" aria-label="Summary">
    <div class="summary-progress">${statusBadge(batch.status)}${progressBar("Progress of the batch", batch.percent)}<span class="percent">${percent(batch.percent)}</span>
      ${estimate ? html`<span class="muted">about ${ticking(estimate.seconds * 1000)} left (${ticking(estimate.low * 1000)} to ${ticking(estimate.high * 1000)})</span>` : nothing}</div>
    <dl class="facts">
      <div><dt>Operations</dt><dd>${count(batch.total)}</dd></div><div><dt>Completed</dt><dd>${count(batch.completed)}</dd></div>
      <div><dt>Failed</dt><dd class=${batch.failed > 0 ? "is-bad" : ""}>${count(batch.failed)}</dd></div>
      <div><dt>On failure</dt><dd>${batch.onFailure}</dd></div>
      ${batch.concurrency ? html`<div><dt>Concurrency</dt><dd>${count(batch.concurrency)}</dd></div>` : nothing}
      <div><dt>Submitted</dt><dd><time datetime=${batch.submittedAt} title=${fullTime(batch.submittedAt)}>${time(batch.submittedAt)}</time></dd></div>
      ${batch.finishedAt ? html`<div><dt>Finished</dt><dd><time datetime=${batch.finishedAt} title=${fullTime(batch.finishedAt)}>${time(batch.finishedAt)}</time></dd></div>` : nothing}
      ${batch.onCompletion?.submitted ? html`<div><dt>On completion</dt><dd><a href=${href(["jobs", batch.onCompletion.jobId])}>${batch.onCompletion.type}</a></dd></div>` : nothing}
      ${batch.rollback ? html`<div><dt>Taken back</dt><dd>${count(batch.rollback.compensated)}, ${count(batch.rollback.left)} left, ${count(batch.rollback.failed)} failed</dd></div>` : nothing}
    </dl>
    ${batch.current?.length > 0 ? html`<ul class="current" aria-label="Running now">${batch.current.slice(0, 5).map((job) => html`<li><a href=${href(["jobs", job.id])}>${job.type} <span class="mono">#${job.batch?.index}</span></a>
      ${progressBar(`Progress of operation ${job.batch?.index}`, job.progress?.percent)}<span class="message">${job.progress?.message ?? ""}</span></li>`)}</ul>` : nothing}
  </section>`;
}

function failures(batch) {
  if (!batch.failures?.length) {
    return nothing;
  }
  return html`<section class="card card-error" aria-label="Failures"><h2>First failures</h2><ul class="failures">${batch.failures.slice(0, 5).map((one) => html`<li>
    <a href=${href(["jobs", one.jobId])}>${one.type} <span class="mono">#${one.index}</span></a> ${statusBadge(one.status)} <span class="message-error">${one.error?.message ?? ""}</span></li>`)}</ul></section>`;
}
