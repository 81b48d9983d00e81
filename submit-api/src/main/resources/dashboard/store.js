// What all views share. Whoever changes it calls changed(); what shows it is told once a frame.

import { get } from "./api.js";
import { JobTable } from "./job-table.js";

/** So many are known at most: beyond that one does not scroll, one filters. */
export const MOST_JOBS = 20_000;

export const store = {
  jobs: new JobTable(),
  stats: undefined,
  jobTypes: [],
  /** state: "connecting", "live", "polling" or "stale"; since: when that began; retryAt: of a reconnect. */
  connection: { state: "connecting", since: Date.now(), retryAt: undefined },
};

const listeners = new Set();
let scheduled = false;

/** Calls the listener after changes, at most once a frame, until the function that is returned is called. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changed() {
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      listeners.forEach((listener) => listener());
    });
  }
}

export function connectionIs(state, retryAt) {
  const { connection } = store;
  if (connection.state !== state) {
    connection.since = Date.now();
  }
  connection.state = state;
  connection.retryAt = retryAt;
  changed();
}

export function statsAre(stats) {
  store.stats = stats;
  changed();
}

/** Reads what can be submitted; the old list stays where that fails. */
export async function refreshJobTypes() {
  const { jobTypes } = await get("/job-types");
  store.jobTypes = jobTypes;
  changed();
}

export const jobTypeNamed = (name) => store.jobTypes.find((jobType) => jobType.type === name);

/** How many slots run something, of all. */
export function slotsInUse() {
  const workers = store.stats?.workers;
  return workers ? workers.slots - workers.freeSlots : 0;
}
