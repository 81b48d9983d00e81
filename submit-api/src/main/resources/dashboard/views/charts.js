// The last hour in curves.

import { html, nothing } from "../lit.js";
import { get } from "../api.js";
import { Resource } from "../resource.js";
import { refine } from "../router.js";
import { store } from "../store.js";
import { head, shown } from "../ui.js";

export function create() {
  return new ChartsView();
}

class ChartsView {
  title = "Charts";
  keys = {};
  #history = new Resource(() => get("/stats/history", { bucket: "PT1M", plugin: this.#plugin }), 5_000);
  #charts;
  #failed = false;
  #plugin = "";

  start(rest, { plugin = "" }) {
    this.#plugin = plugin;
    this.#history.start();
    this.#load();
    window.addEventListener("leat:theme", this.#repaint);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", this.#repaint);
  }

  update(rest, { plugin = "" }) {
    if (plugin !== this.#plugin) {
      this.#plugin = plugin;
      this.#history.reload();
    }
  }

  stop() {
    this.#history.stop();
    window.removeEventListener("leat:theme", this.#repaint);
    matchMedia("(prefers-color-scheme: dark)").removeEventListener("change", this.#repaint);
  }

  #repaint = () => this.#charts?.repaint();

  /** The library that draws is larger than all the rest: it is loaded when it is looked at. */
  async #load() {
    try {
      const { Charts } = await import("../charts.js");
      this.#charts ??= new Charts();
      this.#failed = false;
    } catch {
      this.#failed = true;
    }
  }

  #choice() {
    const plugins = [...new Set(store.jobTypes.map(({ plugin }) => plugin))];
    return html`<label class="inline-field"><span>Plugin</span><select @change=${(event) => refine({ plugin: event.target.value })}>
      <option value="" ?selected=${this.#plugin === ""}>All</option>
      ${plugins.map((plugin) => html`<option value=${plugin} ?selected=${plugin === this.#plugin}>${plugin}</option>`)}</select></label>`;
  }

  render() {
    return html`${head("Charts", this.#choice(), html`<p class="muted">The last hour, by the minute</p>`)}
      ${this.#failed ? html`<p class="notice notice-error" role="alert">The charts could not be loaded. Reload the page.</p>` : nothing}
      ${shown(this.#history, "the last hour", (history) => (this.#charts ? this.#charts.template(history) : nothing))}`;
  }
}
