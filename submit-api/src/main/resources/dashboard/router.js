// Addresses behind the #, so that a link leads to the same view, filters included.

import { search } from "./api.js";

/** The route of the address: its parts and its query. */
export function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter((part) => part !== "").map(decoded);
  return { name: parts[0] ?? "queue", rest: parts.slice(1), query: Object.fromEntries(new URLSearchParams(query ?? "")) };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view, for links. */
export function href(parts, query) {
  return "#/" + [parts].flat().map(encodeURIComponent).join("/") + search(query);
}

export function go(parts, query) {
  location.hash = href(parts, query);
}

/** Changes the query of where one is, without a step in the history: for filters. */
export function refine(query) {
  const { name, rest } = route();
  history.replaceState(null, "", href([name, ...rest], query));
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

let queue = "#/queue";

/** Where the queue was looked at last, with its filters. */
export const queueAddress = () => queue;

export function rememberQueue() {
  if (route().name === "queue") {
    queue = location.hash || "#/queue";
  }
}
