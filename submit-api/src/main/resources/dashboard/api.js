// The HTTP API. Every failure is an ApiError, whether the server said no, said nothing, or was not there.

const ROOT = "/api/v1";
const TIMEOUT_MS = 30_000;

/** A problem of RFC 9457, or what comes nearest to it where the answer was something else. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `Expected an answer, but got status ${status}`);
    this.status = status;
    this.problem = problem;
  }

  /** The last part of the problem's type, such as "invalid-params". */
  get name() {
    return (this.problem.type ?? "").replace("urn:leat:problem:", "");
  }

  get errors() {
    return this.problem.errors ?? [];
  }

  /** Nobody answered: the server is away, or the network. */
  get isAway() {
    return this.status === 0;
  }
}

async function send(method, path, { body, query, headers = {}, signal, text = false } = {}) {
  const url = ROOT + path + search(query);
  const sent = { method, headers: { Accept: "application/json, application/problem+json", ...headers } };
  if (body !== undefined) {
    sent.headers["Content-Type"] = "application/json";
    sent.body = JSON.stringify(body);
  }
  sent.signal = signal ?? AbortSignal.timeout(TIMEOUT_MS);
  let response;
  let content;
  try {
    response = await fetch(url, sent);
    content = await response.text();
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new ApiError(0, { title: "Leat does not answer", detail: "Leat does not answer. It may be restarting." });
  }
  if (!response.ok) {
    throw new ApiError(response.status, problemOf(response, content));
  }
  return text ? content : parsed(content);
}

function problemOf(response, content) {
  try {
    const problem = JSON.parse(content);
    return problem && typeof problem === "object" ? problem : { title: response.statusText };
  } catch {
    return { title: `Status ${response.status} ${response.statusText}`.trim() };
  }
}

function parsed(content) {
  return content === "" ? undefined : JSON.parse(content);
}

/** The query of a URL, without what is empty. */
export function search(query = {}) {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return pairs.length === 0 ? "" : "?" + new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]));
}

export const get = (path, query, options) => send("GET", path, { query, ...options });
export const post = (path, body, options) => send("POST", path, { body, ...options });
export const put = (path, body, options) => send("PUT", path, { body, ...options });
export const remove = (path, query, options) => send("DELETE", path, { query, ...options });

export const jobPath = (id) => `/jobs/${encodeURIComponent(id)}`;

export const cancelJob = (id) => remove(jobPath(id));
export const retryJob = (id) => post(`${jobPath(id)}/retry`);

/** A quoted word for a POSIX shell. */
function quoted(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The request as a command line that does the same. */
export function asCurl(method, path, body) {
  const words = ["curl"];
  if (method !== "GET") {
    words.push("-X", method);
  }
  words.push(quoted(location.origin + ROOT + path));
  if (body !== undefined) {
    words.push("-H", quoted("Content-Type: application/json"), "-d", quoted(JSON.stringify(body)));
  }
  return words.join(" ");
}
