// What of the queue has been read, segment by segment, as whoever scrolls wants more of it.

import { get } from "./api.js";
import { SEGMENTS, hasEnded, rankOf } from "./job-table.js";
import { changed, MOST_JOBS, store } from "./store.js";

const PAGE = 200;

export class QueuePages {
  #filter;
  #segments;
  #loading = false;
  error;

  /** @param filter by status, type and tag, which the server applies; empty ones do not count */
  constructor(filter) {
    this.#filter = filter;
    const names = filter.status ? [filter.status] : SEGMENTS;
    this.#segments = names.map((name) => ({ name, cursor: undefined, done: store.complete === true }));
  }

  get isDone() {
    return this.#segments.every(({ done }) => done);
  }

  get isFull() {
    return store.jobs.size >= MOST_JOBS;
  }

  get isLoading() {
    return this.#loading;
  }

  /** Jobs of higher ranks are not shown yet, since others may belong before them. */
  get frontier() {
    const open = this.#segments.find(({ done }) => !done);
    return open ? rankOf(open.name) : Number.POSITIVE_INFINITY;
  }

  /** Reads the next page; does nothing while one is on its way. */
  async more() {
    const segment = this.#segments.find(({ done }) => !done);
    if (this.#loading || !segment || this.isFull) {
      return;
    }
    this.#loading = true;
    try {
      const { jobs, nextCursor } = await get("/jobs", this.#query(segment));
      this.error = undefined;
      store.jobs.addAll(jobs);
      segment.cursor = nextCursor;
      segment.done = nextCursor === undefined;
    } catch (error) {
      this.error = error;
      await new Promise((resolve) => setTimeout(resolve, 2000));
    } finally {
      this.#loading = false;
      changed();
    }
  }

  #query({ name, cursor }) {
    const status = name === "ended" ? undefined : name;
    return { status, type: this.#filter.type, tag: this.#filter.tag, limit: PAGE, cursor };
  }
}

/** So many that are missing have reached the end of their retention; more were cleared away. */
const FEW = 20;

/**
 * Forgets jobs that are not there any more: nobody says which those are, but the counts of final states drop.
 *
 * @returns whether so many are gone that the list has to be read anew
 */
export function forgetGone(before, after) {
  const known = Map.groupBy(store.jobs.entries(), ({ job }) => job.status);
  let many = false;
  for (const [status, entries] of known) {
    const left = after.jobs[status] ?? 0;
    const excess = entries.length - left;
    if (hasEnded(status) && left < (before.jobs[status] ?? 0) && excess > 0) {
      many = many || excess > FEW;
      entries.slice(excess > FEW ? 0 : -excess).forEach(({ id }) => store.jobs.delete(id));
    }
  }
  return many;
}
