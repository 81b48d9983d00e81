// Pages of a list that is read as one scrolls.

import { changed } from "./store.js";

export class PagedList {
  items;
  error;
  #read;
  #cursor;
  #done = false;
  #loading = false;
  #generation = 0;

  /** @param read asks for a page from its cursor, and gives its items and the next cursor */
  constructor(read) {
    this.#read = read;
  }

  get isDone() {
    return this.#done;
  }

  /** Reads the first page anew; what is shown stays until it is there. */
  async refresh() {
    const generation = ++this.#generation;
    await this.#page(undefined, generation, (items) => {
      this.items = items;
    });
  }

  async more() {
    if (!this.#loading && !this.#done && this.items !== undefined) {
      await this.#page(this.#cursor, this.#generation, (items) => {
        this.items = [...this.items, ...items];
      });
    }
  }

  async #page(cursor, generation, take) {
    this.#loading = true;
    try {
      const { items, next } = await this.#read(cursor);
      if (generation === this.#generation) {
        take(items);
        this.#cursor = next;
        this.#done = next === undefined;
        this.error = undefined;
      }
    } catch (error) {
      if (generation === this.#generation) {
        this.error = error;
      }
    } finally {
      if (generation === this.#generation) {
        this.#loading = false;
      }
      changed();
    }
  }
}
