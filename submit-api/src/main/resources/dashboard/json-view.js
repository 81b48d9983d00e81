// JSON for people: colours, lists of plain values in lines that wrap, and an end to what is shown.

import { html, nothing } from "./lit.js";
import { bytes } from "./format.js";

const MOST_CHARACTERS = 100_000;

/** @param value what JSON.parse gives */
export function jsonView(value, label) {
  const written = { left: MOST_CHARACTERS };
  return html`<pre class="json" tabindex="0" role="group" aria-label=${label}><code>${node(value, 0, written)}</code></pre>
    ${written.left <= 0 ? html`<p class="hint">Only the first ${bytes(MOST_CHARACTERS)} are shown.</p>` : nothing}`;
}

function node(value, depth, written) {
  if (written.left <= 0) {
    return "…";
  }
  if (Array.isArray(value)) {
    return list(value, depth, written);
  }
  if (value !== null && typeof value === "object") {
    return object(Object.entries(value), depth, written);
  }
  return scalar(value, written);
}

function scalar(value, written) {
  const text = JSON.stringify(value);
  written.left -= text.length;
  const shown = written.left < 0 ? `${text.slice(0, written.left)}…` : text;
  const kind = value === null || typeof value === "boolean" ? "word" : typeof value;
  return html`<span class="json-${kind}">${shown}</span>`;
}

function list(values, depth, written) {
  if (values.length === 0) {
    return "[]";
  }
  if (values.every((value) => value === null || typeof value !== "object")) {
    return html`[${taken(values, written, (value, i) => html`${i > 0 ? ", " : ""}${scalar(value, written)}`)}]`;
  }
  return html`[${taken(values, written, (value, i) => html`${i > 0 ? "," : ""}${line(depth + 1)}${node(value, depth + 1, written)}`)}${line(depth)}]`;
}

function object(entries, depth, written) {
  if (entries.length === 0) {
    return "{}";
  }
  return html`{${taken(entries, written, ([name, value], i) => {
    written.left -= name.length;
    return html`${i > 0 ? "," : ""}${line(depth + 1)}<span class="json-name">${JSON.stringify(name)}</span>: ${node(value, depth + 1, written)}`;
  })}${line(depth)}}`;
}

/** As many as may yet be written. */
function taken(values, written, template) {
  const parts = [];
  for (let i = 0; i < values.length && written.left > 0; i++) {
    parts.push(template(values[i], i));
  }
  return written.left > 0 ? parts : [...parts, " …"];
}

const line = (depth) => `\n${"  ".repeat(depth)}`;
