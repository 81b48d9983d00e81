// One job as it changes: by server-sent events, or by asking where those do not come. Browsers have six connections to a
// server for all tabs together, so a tab that nobody looks at gives its one back.

import { get, jobPath } from "./api.js";
import { hasEnded } from "./job-table.js";
import { changed } from "./store.js";

const ENDS = ["complete", "failed", "cancelled", "timed_out", "expired", "rejected"];
const POLL_MS = 1_500;
/** Events come before what they tell shows elsewhere: the job is read again until it does, so soon at first, then slower. */
const AGAIN_MS = 150;
const AGAIN_AT_LAST_MS = 5_000;
const MOST_LINES = 2_000;

export class JobStream {
  job;
  lines = [];
  error;
  result;
  resultError;
  #id;
  #source;
  #timer;
  #stopped = false;
  #reading;
  #readAgain = false;
  #told;
  #again = 0;

  constructor(id) {
    this.#id = id;
  }

  #onVisibility = () => (document.visibilityState === "visible" ? this.#follow() : this.#pause());

  start() {
    document.addEventListener("visibilitychange", this.#onVisibility);
    this.#follow();
  }

  stop() {
    this.#stopped = true;
    document.removeEventListener("visibilitychange", this.#onVisibility);
    this.#pause();
  }

  #follow() {
    this.#readAll();
    if (!this.#hasEnded()) {
      this.#listen();
    }
  }

  #pause() {
    this.#source?.close();
    clearTimeout(this.#timer);
  }

  #hasEnded() {
    return this.job !== undefined && hasEnded(this.job.status);
  }

  /** Reads job, log and result anew; one at a time, and once more where that was asked for meanwhile. */
  #readAll() {
    if (this.#reading) {
      this.#readAgain = true;
      return this.#reading;
    }
    this.#reading = this.#read().finally(() => {
      this.#reading = undefined;
      if (this.#readAgain && !this.#stopped) {
        this.#readAgain = false;
        this.#readAll();
      }
    });
    return this.#reading;
  }

  reload() {
    return this.#readAll();
  }

  async #read() {
    try {
      const [read, log] = await Promise.all([get(jobPath(this.#id)), get(`${jobPath(this.#id)}/log`).catch(() => ({ lines: this.lines }))]);
      const job = this.#caughtUp(read);
      this.job = job;
      this.error = undefined;
      this.lines = log.lines.slice(-MOST_LINES);
      if (read.status === "completed" && this.result === undefined) {
        await this.#readResult();
      }
    } catch (error) {
      this.error = error;
    }
    changed();
  }

  /** The job with what has been told of it since; where it lacks that, it is read again. */
  #caughtUp(job) {
    if (!this.#told || !isBehind(job, this.#told)) {
      this.#told = undefined;
      return job;
    }
    if (!this.#stopped) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#readAll(), Math.min(AGAIN_MS * 1.3 ** this.#again++, AGAIN_AT_LAST_MS));
    }
    return withTold(job, this.#told);
  }

  #happened(event) {
    this.#told = JSON.parse(event.data);
    this.#again = 0;
    if (this.job) {
      this.job = withTold(this.job, this.#told);
      changed();
    }
    this.#readAll();
  }

  async #readResult() {
    try {
      this.result = { value: await get(`${jobPath(this.#id)}/result`) };
      this.resultError = undefined;
    } catch (error) {
      this.resultError = error;
    }
  }

  #listen() {
    this.#source?.close();
    const source = new EventSource(`/api/v1${jobPath(this.#id)}/progress`);
    this.#source = source;
    source.addEventListener("state", (event) => this.#is(JSON.parse(event.data)));
    source.addEventListener("status", (event) => this.#happened(event));
    source.addEventListener("progress", (event) => this.#progressed(JSON.parse(event.data)));
    source.addEventListener("log", (event) => this.#logged(JSON.parse(event.data).lines));
    ENDS.forEach((end) => source.addEventListener(end, (event) => {
      source.close();
      this.#happened(event);
    }));
    source.addEventListener("error", () => source.readyState === EventSource.CLOSED && this.#poll());
  }

  #is(job) {
    this.job = job;
    this.error = undefined;
    if (hasEnded(job.status)) {
      this.#source.close();
      this.#readAll();
    }
    changed();
  }

  #progressed({ attempt, progress }) {
    if (this.job && this.job.attempt === attempt) {
      this.job = { ...this.job, progress };
      changed();
    }
  }

  /** Lines come again after a reconnect; one is known by its time, attempt and words. */
  #logged(lines) {
    const known = new Set(this.lines.slice(-500).map(keyOf));
    this.lines = [...this.lines, ...lines.filter((line) => !known.has(keyOf(line)))].slice(-MOST_LINES);
    changed();
  }

  async #poll() {
    await this.#readAll();
    if (!this.#stopped && !this.#hasEnded() && document.visibilityState === "visible") {
      this.#timer = setTimeout(() => this.#poll(), POLL_MS);
    }
  }
}

/** What an attempt goes through, in this order. */
const COURSE = ["scheduled", "retrying", "queued", "running", "cancelling"];

/** What ended has ended; else a later attempt, or what comes later in the course of one, is newer. */
const isBehind = (job, told) => !hasEnded(job.status)
  && (hasEnded(told.state) || job.attempt < told.attempt
    || (job.attempt === told.attempt && COURSE.indexOf(job.status) < COURSE.indexOf(told.state)));

const withTold = (job, { state: status, attempt, worker = job.worker }) => ({ ...job, status, attempt, worker });

const keyOf = ({ at, attempt, message }) => `${at} ${attempt} ${message}`;
