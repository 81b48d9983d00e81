// The parts that several views are put together from.

import { html, nothing } from "./lit.js";
import { icon } from "./icons.js";
import { fullTime, relative, words } from "./format.js";

export function statusBadge(status) {
  return html`<span class="status status-${status}"><span class="dot" aria-hidden="true"></span>${words(status)}</span>`;
}

/** A bar with its name for screen readers. Without a value it shows that something goes on. */
export function progressBar(label, percent) {
  if (percent === undefined) {
    return html`<progress class="bar" aria-label=${label} max="100"></progress>`;
  }
  return html`<progress class="bar" aria-label=${label} max="100" .value=${percent}>${Math.floor(percent)} %</progress>`;
}

export function timeAgo(iso) {
  return iso ? html`<time datetime=${iso} title=${fullTime(iso)}>${relative(iso)}</time>` : nothing;
}

export function tags(list = []) {
  return list.map((tag) => html`<span class="tag">${tag}</span>`);
}

/** Where there is nothing to show, and why. */
export function empty(title, detail = nothing) {
  return html`<div class="empty"><p class="empty-title">${title}</p><p>${detail}</p></div>`;
}

export function loading(what) {
  return html`<div class="empty" role="status"><p>Loading ${what} …</p></div>`;
}

/** What went wrong, in words for whoever looks at the page. */
export function notice(error, what) {
  return html`<div class="notice notice-error" role="alert">
    <strong>${titleOf(error, what)}</strong>
    <span>${error.status === 404 && !error.name ? nothing : error.message}</span>
  </div>`;
}

function titleOf(error, what) {
  if (error.status === 0) {
    return "Leat does not answer";
  }
  if (error.status === 404) {
    return error.name ? (error.problem.title ?? "Not found") : `This version of Leat does not offer ${what}`;
  }
  if (error.status === 503) {
    return `${capital(what)} cannot be shown right now; asking again`;
  }
  return error.problem?.title ?? `Expected ${what}, but that failed`;
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A view of data of this kind: what it is while it loads, and where it fails; old data stays under the notice. */
export function shown(resource, what, template) {
  return html`
    ${resource.error ? notice(resource.error, what) : nothing}
    ${resource.data !== undefined ? template(resource.data) : resource.error ? nothing : loading(what)}`;
}

export function head(title, actions = nothing, detail = nothing) {
  return html`<div class="view-head">
    <div><h1 tabindex="-1">${title}</h1>${detail}</div>
    <div class="actions">${actions}</div>
  </div>`;
}

export function copyButton(label, text) {
  return html`<button type="button" class="button" @click=${(event) => copy(event.currentTarget, text())}>
    ${icon("copy")}<span>${label}</span></button>`;
}

async function copy(button, text) {
  const { toast } = await import("./toasts.js");
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    toast("The browser does not allow to copy; select the text instead", "error");
  }
  button.focus();
}
