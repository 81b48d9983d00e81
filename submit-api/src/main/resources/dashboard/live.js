// What happens in the queue, as it happens: by WebSocket, which reconnects by itself and asks for what it has missed.
// Where no WebSocket gets through, as some proxies have it, the page asks every two seconds instead.

import { get } from "./api.js";
import { connectionIs, changed, MOST_JOBS, statsAre, store } from "./store.js";

const FIRST_RETRY_MS = 400;
const LAST_RETRY_MS = 10_000;
const PING_MS = 10_000;
const SILENCE_MS = 8_000;
const POLL_MS = 2_000;
/** What has become of older jobs is not among the newest: after so many questions all is read anew. */
const POLLS_TO_ANEW = 15;
/** So many handshakes may fail in a row, while HTTP works, until the page asks instead. */
const PATIENCE = 3;
const WEBSOCKET_RETRY_MS = 30_000;

export class Live {
  #socket;
  #position;
  #failures = 0;
  #isLive = false;
  /** Whether a WebSocket has ever got through to the server. */
  #passes = false;
  #pingTimer;
  #silenceTimer;
  #retryTimer;
  #pollTimer;
  #polls = 0;
  #requests = 0;
  #onSnapshot;

  /** @param onSnapshot called with the jobs of a whole state, at the start and where what was missed is not known */
  constructor(onSnapshot) {
    this.#onSnapshot = onSnapshot;
  }

  start() {
    window.addEventListener("online", () => this.retryNow());
    window.addEventListener("pagehide", () => this.#socket?.close());
    window.addEventListener("pageshow", (event) => event.persisted && this.retryNow());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.retryNow());
    this.#open();
  }

  /** Does not wait for the next attempt, where one is waited for. */
  retryNow() {
    if (this.#retryTimer !== undefined) {
      clearTimeout(this.#retryTimer);
      this.#retryTimer = undefined;
      this.#open();
    }
  }

  #open() {
    const url = new URL("/ws/queue", location.href.replace(/^http/, "ws"));
    url.hash = "";
    if (this.#position !== undefined) {
      url.searchParams.set("position", this.#position);
    }
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#isLive = false;
    this.#expectWord();
    socket.addEventListener("open", () => {
      this.#passes = true;
      this.#ping();
    });
    socket.addEventListener("message", (event) => this.#heard(socket, event.data));
    socket.addEventListener("close", () => this.#closed(socket));
  }

  #ping() {
    clearTimeout(this.#pingTimer);
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ type: "ping", requestId: `p${++this.#requests}` }));
      this.#expectWord();
    }
  }

  /** A connection that says nothing is none, whatever the browser thinks of it. */
  #expectWord() {
    clearTimeout(this.#silenceTimer);
    const socket = this.#socket;
    this.#silenceTimer = setTimeout(() => {
      socket.close();
      this.#closed(socket);
    }, SILENCE_MS);
  }

  #heard(socket, text) {
    if (socket !== this.#socket) {
      return;
    }
    clearTimeout(this.#silenceTimer);
    clearTimeout(this.#pingTimer);
    this.#pingTimer = setTimeout(() => this.#ping(), PING_MS);
    this.#take(JSON.parse(text));
  }

  /** From a whole state on, or from where the last connection ended, nothing is missed. */
  #becomeLive() {
    if (!this.#isLive) {
      this.#isLive = true;
      this.#failures = 0;
      this.#stopPolling();
      connectionIs("live");
    }
  }

  #take(message) {
    if (message.position !== undefined || (message.type === "pong" && this.#position !== undefined)) {
      this.#position = message.position ?? this.#position;
      this.#becomeLive();
    }
    if (message.type === "queue_state") {
      this.#onSnapshot(message.jobs);
      statsAre(message.stats);
    } else if (message.type === "stats_update") {
      statsAre(message.stats);
    } else if (message.type.startsWith("job_")) {
      store.jobs.put(message.job);
      if (store.jobs.size > MOST_JOBS * 1.1) {
        store.jobs.keep(MOST_JOBS);
      }
      changed();
    }
  }

  #closed(socket) {
    if (socket !== this.#socket) {
      return;
    }
    clearTimeout(this.#silenceTimer);
    clearTimeout(this.#pingTimer);
    this.#socket = undefined;
    this.#failures++;
    if (this.#pollTimer !== undefined) {
      this.#retryIn(WEBSOCKET_RETRY_MS);
      return;
    }
    const wait = Math.min(FIRST_RETRY_MS * 1.7 ** (this.#failures - 1), LAST_RETRY_MS) * (0.7 + 0.6 * Math.random());
    connectionIs("stale", Date.now() + wait);
    this.#retryIn(wait);
    if (this.#failures >= PATIENCE && !this.#passes) {
      this.#poll();
    }
  }

  #retryIn(ms) {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.retryNow(), ms);
  }

  async #poll() {
    clearTimeout(this.#pollTimer);
    try {
      const [stats, newest, running] = await Promise.all([
        get("/stats"),
        get("/jobs", { limit: 200 }),
        get("/jobs", { status: "running", limit: 200 }),
      ]);
      if (this.#isLive && this.#socket) {
        return;
      }
      if (store.connection.state !== "polling" || ++this.#polls % POLLS_TO_ANEW === 0) {
        this.#onSnapshot(newest.jobs);
        this.#position = undefined;
      }
      store.jobs.addAll(newest.jobs);
      store.jobs.addAll(running.jobs);
      connectionIs("polling");
      statsAre(stats);
      this.#pollTimer = setTimeout(() => this.#poll(), POLL_MS);
    } catch {
      // HTTP does not get through either: the server is away, and the next handshake will tell when it is back.
      this.#stopPolling();
      if (!this.#isLive) {
        connectionIs("stale", store.connection.retryAt);
      }
    }
  }

  #stopPolling() {
    clearTimeout(this.#pollTimer);
    this.#pollTimer = undefined;
  }
}
