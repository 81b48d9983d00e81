// Records that could not be used, and sending them back.

import { html, nothing } from "../lit.js";
import { get, post, search } from "../api.js";
import { confirmed, open } from "../dialog.js";
import { bytes, plural, words } from "../format.js";
import { icon } from "../icons.js";
import { PagedList } from "../paged-list.js";
import { refine } from "../router.js";
import { attempt } from "../toasts.js";
import { empty, head, loading, notice, timeAgo } from "../ui.js";

const EVERY_MS = 5_000;

export function create() {
  return new DeadLettersView();
}

class DeadLettersView {
  title = "Dead letters";
  keys = { "/": () => document.querySelector("#dead-reason")?.focus() };
  #filter = {};
  #list;
  #timer;

  start(rest, query) {
    this.#list = undefined;
    this.update(rest, query);
    this.#timer = setInterval(() => document.visibilityState === "visible" && (this.#list.items?.length ?? 0) <= 50 && this.#list.refresh(), EVERY_MS);
  }

  update(rest, { reason = "", topic = "", plugin = "" }) {
    const filter = { reason, topic, plugin };
    if (!this.#list || JSON.stringify(filter) !== JSON.stringify(this.#filter)) {
      this.#filter = filter;
      this.#list = new PagedList(async (cursor) => {
        const { deadLetters, nextCursor } = await get("/dead-letters", { ...filter, limit: 50, cursor });
        return { items: deadLetters, next: nextCursor };
      });
      this.#list.refresh();
    }
  }

  stop() {
    clearInterval(this.#timer);
  }

  render() {
    const { items, error } = this.#list;
    const filtered = Object.values(this.#filter).some((value) => value !== "");
    return html`${head("Dead letters", html`<button type="button" class="button" ?disabled=${!items?.length} @click=${() => this.#redriveAll()}>
        ${icon("retry")}<span>${filtered ? "Redrive these" : "Redrive all"}</span></button>`)}
      <div class="filters"><div class="filter-fields">
        ${this.#field("reason", "Reason")}${this.#field("topic", "Topic")}${this.#field("plugin", "Plugin")}
        ${filtered ? html`<button type="button" class="button button-quiet" @click=${() => refine({})}>Clear filters</button>` : nothing}</div></div>
      ${error ? notice(error, "dead letters") : nothing}
      ${items === undefined ? (error ? nothing : loading("dead letters"))
        : items.length === 0 ? empty(filtered ? "No dead letter matches" : "No dead letters", "Records that nobody can use are put here, with the reason.")
          : html`<div class="table-scroll" tabindex="0" role="group" aria-label="Dead letters"><table class="table table-cards"><thead><tr><th scope="col">Reason</th><th scope="col">From</th><th scope="col">Detail</th><th scope="col">Size</th><th scope="col">When</th><th scope="col">Actions</th></tr></thead>
            <tbody>${items.map((letter) => this.#row(letter))}</tbody></table></div>
            ${this.#list.isDone ? nothing : html`<button type="button" class="button" @click=${() => this.#list.more()}>More</button>`}`}`;
  }

  #field(name, label) {
    return html`<label class="inline-field"><span>${label}</span><input id=${`dead-${name}`} type="text" autocomplete="off" spellcheck="false" .value=${this.#filter[name]}
      @change=${(event) => refine({ ...this.#filter, [name]: event.target.value.trim() })}></label>`;
  }

  #row(letter) {
    return html`<tr>
      <td data-label="Reason"><button type="button" class="link" @click=${() => show(letter)}>${words(letter.reason ?? "unknown")}</button></td>
      <td data-label="From" class="mono">${letter.origin ?? ""}</td>
      <td data-label="Detail" class="cell-detail">${letter.detail ?? ""}</td>
      <td data-label="Size">${bytes(letter.size)}</td>
      <td data-label="When">${timeAgo(letter.at)}</td>
      <td data-label="Actions">${letter.redrivenAt ? html`<span class="muted">sent back ${timeAgo(letter.redrivenAt)}</span>`
        : html`<button type="button" class="button button-small" aria-label=${`Redrive ${letter.id}`} @click=${() => this.#redrive(letter)}>Redrive</button>`}</td></tr>`;
  }

  async #redrive({ id }) {
    await attempt(() => post(`/dead-letters/${id}/redrive`), "Sent back");
    await this.#list.refresh();
  }

  /** First how many it would be, then, if so wanted, for real. */
  async #redriveAll() {
    const query = search(this.#filter).slice(1);
    const plan = await attempt(() => post(`/dead-letters/redrive?${query}${query ? "&" : ""}dryRun=true`));
    if (!plan) {
      return;
    }
    const yes = await confirmed({
      title: plan.count === 0 ? "Nothing to send back" : `Send ${plural(plan.count, "record")} back?`,
      detail: html`<p>${plan.count === 0 ? "" : "Each goes to the topic that it came from. "}${plan.skipped > 0 ? `${plural(plan.skipped, "record")} had been sent back before and stay. ` : ""}${
        plan.failed > 0 ? `${plural(plan.failed, "record")} cannot be sent back.` : ""}</p>
        ${plan.failures.length > 0 ? html`<ul class="problems">${plan.failures.slice(0, 5).map((one) => html`<li><code>${one.id}</code> ${one.detail}</li>`)}</ul>` : nothing}`,
      action: plan.count === 0 ? "Close" : "Send back",
    });
    if (yes && plan.count > 0) {
      await attempt(() => post(`/dead-letters/redrive${query ? `?${query}` : ""}`), ({ count, failed }) => `Sent ${plural(count, "record")} back${failed > 0 ? `, ${failed} failed` : ""}`);
      await this.#list.refresh();
    }
  }
}

async function show({ id }) {
  const letter = await attempt(() => get(`/dead-letters/${id}`));
  if (letter) {
    await open(`Dead letter ${id}`, ({ close }) => html`<div class="dialog-body dialog-wide">
      <h2>${words(letter.reason ?? "unknown")}</h2><p>${letter.detail ?? ""}</p>
      <dl class="facts"><div><dt>From</dt><dd class="mono">${letter.origin ?? ""}</dd></div><div><dt>Written by</dt><dd>${letter.writtenBy ?? ""}</dd></div><div><dt>Key</dt><dd class="mono">${written(letter.key)}</dd></div></dl>
      <h3>Value</h3><pre class="code" tabindex="0">${written(letter.value)}</pre>
      ${letter.headers?.length > 0 ? html`<h3>Headers</h3><dl class="facts">${letter.headers.map(({ name, value }) => html`<div><dt>${name}</dt><dd class="mono">${written(value)}</dd></div>`)}</dl>` : nothing}
      <div class="actions"><button type="button" class="button button-primary" autofocus @click=${() => close()}>Close</button></div></div>`);
  }
}

const written = (value) => (value === undefined ? "" : `${value.text ?? value.base64 ?? ""}${value.truncated ? " …" : ""}`);
