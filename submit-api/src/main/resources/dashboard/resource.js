// Something that is read again and again while it is looked at.

import { changed } from "./store.js";

export class Resource {
  data;
  error;
  #read;
  #everyMs;
  #timer;
  #running = false;
  #generation = 0;
  #onVisible = () => document.visibilityState === "visible" && this.reload();

  /** @param read asks for it; @param everyMs how long from one answer to the next question */
  constructor(read, everyMs) {
    this.#read = read;
    this.#everyMs = everyMs;
  }

  start() {
    this.#running = true;
    document.addEventListener("visibilitychange", this.#onVisible);
    this.reload();
  }

  stop() {
    this.#running = false;
    this.#generation++;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#onVisible);
  }

  /** Asks now. An answer that was overtaken by another question is dropped. */
  async reload() {
    clearTimeout(this.#timer);
    const generation = ++this.#generation;
    try {
      const data = await this.#read();
      if (generation === this.#generation) {
        this.data = data;
        this.error = undefined;
      }
    } catch (error) {
      if (generation === this.#generation) {
        this.error = error;
      }
    }
    if (generation === this.#generation) {
      changed();
      if (this.#running && document.visibilityState === "visible") {
        this.#timer = setTimeout(() => this.reload(), this.#everyMs);
      }
    }
  }
}
