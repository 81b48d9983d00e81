// Submit a job: a form made from the schema of its type.

import { html, nothing } from "../lit.js";
import { asCurl, post } from "../api.js";
import { SchemaForm } from "../form.js";
import { isoDuration, plural } from "../format.js";
import { icon } from "../icons.js";
import { go, href } from "../router.js";
import { changed, jobTypeNamed, store } from "../store.js";
import { toast } from "../toasts.js";
import { copyButton, empty, head, loading, notice } from "../ui.js";

/** What a submission may say beside its params. */
const TERMS = {
  type: "object",
  properties: {
    priority: { type: "string", enum: ["high", "normal", "low"], description: "The lane in which it waits; by default that of its type." },
    tags: { type: "array", maxItems: 20, items: { type: "string", minLength: 1, maxLength: 60 }, description: "Words to find it by." },
    delay: { type: "string", pattern: "^P", description: "Held back for so long, in ISO 8601, such as PT30S or PT2H." },
    expiresIn: { type: "string", pattern: "^P", description: "How long it may wait for its first start, such as PT5M." },
    deadline: { type: "string", pattern: "^P", description: "How long all of it may take from now, such as PT1H." },
    timeout: { type: "string", pattern: "^P", description: "How long one attempt may run, such as PT10M." },
    maxAttempts: { type: "integer", minimum: 1, maximum: 100, description: "How many tries it has." },
    uniqueKey: { type: "string", minLength: 1, maxLength: 200, description: "Refused while another job with this key is open." },
  },
};

export function create() {
  return new SubmitView();
}

class SubmitView {
  title = "Submit";
  #type = "";
  #params;
  #terms;
  #schema;
  #json;
  #jsonError;
  #problem;
  #unplaced = [];
  #sending = false;

  start(rest, query) {
    this.update(rest, query);
  }

  update([type = ""]) {
    if (type !== this.#type) {
      this.#type = type;
      this.#params = undefined;
      this.#problem = undefined;
      this.#json = undefined;
    }
  }

  stop() {}

  keys = {};

  render() {
    if (store.jobTypes.length === 0) {
      return html`${head("Submit a job")}${loading("the job types")}`;
    }
    const jobType = jobTypeNamed(this.#type);
    if (jobType && (this.#params === undefined || this.#schema !== JSON.stringify(jobType.params))) {
      this.#begin(jobType);
    }
    return html`${head("Submit a job")}
      <div class="split">
        ${this.#types()}
        ${jobType ? this.#form(jobType) : this.#noType()}
      </div>`;
  }

  /** Also where the type's schema has changed; what was typed is kept as far as it fits. */
  #begin(jobType) {
    this.#schema = JSON.stringify(jobType.params);
    this.#params = new SchemaForm(jobType.params, { value: this.#params?.value(), changed });
    this.#terms = new SchemaForm(TERMS, { changed, prefix: "terms" });
    this.#unplaced = [];
  }

  #noType() {
    return this.#type === ""
      ? empty("Choose a job type", "Each has a form of its own, made from its schema.")
      : empty(`No plugin offers ${this.#type}`, "It may come with a worker that is not there yet.");
  }

  #types() {
    const plugins = Map.groupBy(store.jobTypes, ({ plugin }) => plugin);
    return html`<nav class="type-list ${this.#type ? "has-choice" : ""}" aria-label="Job types">
      ${[...plugins].map(([plugin, types]) => html`<section><h2>${plugin}</h2><ul>${types.map(({ type, description, workers }) => html`<li>
        <a href=${href(["submit", type])} aria-current=${type === this.#type ? "true" : nothing}>
          <strong>${type.split(":")[1]}</strong>${workers === 0 ? html` <span class="tag">no worker</span>` : nothing}
          <span>${description}</span></a></li>`)}</ul></section>`)}
    </nav>`;
  }

  #form(jobType) {
    const { policy } = jobType;
    return html`<form class="card job-form" novalidate @submit=${(event) => this.#submit(event)}>
      <div class="form-head"><h2>${jobType.type}</h2>
        <a class="type-back" href=${href("submit")}>All types</a></div>
      <p>${jobType.description}</p>
      ${jobType.params.description ? html`<p class="hint">${jobType.params.description}</p>` : nothing}
      ${jobType.workers === 0 ? html`<p class="notice">No worker that is up hosts this type: the job waits until one does.</p>` : nothing}
      ${this.#json === undefined ? this.#params.template() : this.#jsonField()}
      ${this.#json === undefined && this.#params.isEmpty ? html`<p class="hint">It takes no params.</p>` : nothing}
      <details><summary>Options</summary>
        <p class="hint">By default ${plural(policy.maxAttempts, "try", "tries")} of up to ${isoDuration(policy.timeout)} each, priority
          ${jobType.defaultPriority}, kept for ${isoDuration(policy.retention)}.</p>
        ${this.#terms.template()}</details>
      ${this.#problem ? notice(this.#problem, "the submission") : nothing}
      ${this.#unplaced.length > 0 ? html`<ul class="problems">${this.#unplaced.map(({ pointer, message }) => html`<li><code>${pointer}</code> ${message}</li>`)}</ul>` : nothing}
      <div class="actions actions-start">
        <button type="submit" class="button button-primary" ?disabled=${this.#sending}>${icon("submit")}<span>${this.#sending ? "Submitting …" : "Submit job"}</span></button>
        <button type="button" class="button" @click=${() => this.#toggleJson()}>${this.#json === undefined ? "Edit as JSON" : "Back to the form"}</button>
        ${copyButton("Copy as curl", () => asCurl("POST", "/jobs", this.#body()))}
      </div>
    </form>`;
  }

  #jsonField() {
    return html`<div class="field"><label for="params-json">Params as JSON</label>
      <textarea id="params-json" class="mono" rows="10" spellcheck="false" .value=${this.#json} aria-invalid=${this.#jsonError ? "true" : nothing}
        aria-describedby=${this.#jsonError ? "params-json-error" : nothing}
        @input=${(event) => { this.#json = event.target.value; this.#jsonError = undefined; changed(); }}></textarea>
      ${this.#jsonError ? html`<p class="field-error" id="params-json-error">${this.#jsonError}</p>` : nothing}</div>`;
  }

  #toggleJson() {
    if (this.#json === undefined) {
      this.#json = JSON.stringify(this.#params.value(), null, 2);
    } else {
      const value = this.#parsedJson();
      if (value === undefined) {
        return;
      }
      this.#json = undefined;
      this.#params = new SchemaForm(jobTypeNamed(this.#type).params, { value, changed });
    }
    changed();
  }

  #parsedJson() {
    try {
      return JSON.parse(this.#json);
    } catch (failure) {
      this.#jsonError = `Expected JSON, but: ${failure.message}`;
      changed();
      document.getElementById("params-json")?.focus();
      return undefined;
    }
  }

  #body(params = this.#json === undefined ? this.#params.value() : this.#parsedJson()) {
    const { tags, ...terms } = this.#terms.value();
    return { type: this.#type, params, ...terms, ...(tags?.length > 0 ? { tags } : {}) };
  }

  async #submit(event) {
    event.preventDefault();
    const terms = this.#terms.checked();
    const params = this.#json === undefined ? this.#params.checked() : this.#parsedJson();
    if (params === undefined || terms === undefined || this.#sending) {
      event.target.querySelector("details").open ||= terms === undefined;
      return;
    }
    this.#sending = true;
    this.#problem = undefined;
    this.#unplaced = [];
    changed();
    try {
      const job = await post("/jobs", this.#body(params));
      store.jobs.addAll([job]);
      toast(`Submitted ${job.type}`);
      go(["jobs", job.id]);
    } catch (error) {
      this.#refused(error);
    } finally {
      this.#sending = false;
      changed();
    }
  }

  /** Errors of params are named within them, those of the rest from the top. */
  #refused(error) {
    if (error.status === undefined) {
      throw error;
    }
    this.#problem = error;
    if (error.name === "invalid-params" && this.#json === undefined) {
      this.#unplaced = this.#params.refuse(error.errors);
    } else {
      this.#unplaced = this.#terms.refuse(error.errors);
    }
  }
}
