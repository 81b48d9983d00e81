// The jobs that this page knows, in the order of the queue: running, queued, retrying, scheduled, then what has ended,
// and within each of them the newest first.

const RANKS = { running: 0, cancelling: 0, queued: 1, retrying: 2, scheduled: 3 };
const ENDED = 4;

/** The segments of the queue, each of which is one list of the API; the last one is of all that has ended. */
export const SEGMENTS = ["running", "queued", "retrying", "scheduled", "ended"];

export const rankOf = (status) => RANKS[status] ?? ENDED;
export const hasEnded = (status) => rankOf(status) === ENDED;

/** Negative where a stands before b. Ids of version 7 sort by time. */
function compare(a, b) {
  const ranks = a.rank - b.rank;
  if (ranks !== 0) {
    return ranks;
  }
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

export class JobTable {
  #entries = new Map();
  #ordered = [];

  get size() {
    return this.#entries.size;
  }

  find(id) {
    return this.#entries.get(id)?.job;
  }

  /** All jobs in order; not to be changed. */
  entries() {
    return this.#ordered;
  }

  clear() {
    this.#entries.clear();
    this.#ordered = [];
  }

  /** Adds what was asked for, which may be older than what is known by now; sorts once. */
  addAll(jobs) {
    let moved = false;
    for (const job of jobs) {
      const known = this.#entries.get(job.id);
      if (!known || !isOlder(job, known.job)) {
        moved = this.#replace(known, entryOf(job)) || moved;
      }
    }
    if (moved) {
      this.#ordered = [...this.#entries.values()].sort(compare);
    }
  }

  /** Adds or changes one, as was told in the order of the log. */
  put(job) {
    const known = this.#entries.get(job.id);
    const entry = entryOf(job);
    const place = known && this.#indexOf(known);
    if (this.#replace(known, entry)) {
      if (known) {
        this.#ordered.splice(place, 1);
      }
      this.#ordered.splice(this.#indexOf(entry), 0, entry);
    }
  }

  delete(id) {
    const entry = this.#entries.get(id);
    if (entry) {
      this.#ordered.splice(this.#indexOf(entry), 1);
      this.#entries.delete(id);
    }
  }

  /** Forgets the last ones beyond so many. */
  keep(most) {
    for (const { id } of this.#ordered.splice(most)) {
      this.#entries.delete(id);
    }
  }

  /** Says whether its place may have changed. */
  #replace(known, entry) {
    this.#entries.set(entry.id, entry);
    if (!known || entry.rank !== known.rank) {
      return true;
    }
    this.#ordered[this.#indexOf(known)] = entry;
    return false;
  }

  /** Where the entry stands, or would. */
  #indexOf(entry) {
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.#ordered[middle], entry) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function entryOf(job) {
  return { id: job.id, rank: rankOf(job.status), job };
}

/** Lists and live events cross each other: an end absorbs, and attempts only count up. */
function isOlder(job, known) {
  if (hasEnded(known.status)) {
    return !hasEnded(job.status);
  }
  if (job.attempt < known.attempt) {
    return true;
  }
  return job.attempt === known.attempt && known.status === "running" && job.status === "queued";
}
