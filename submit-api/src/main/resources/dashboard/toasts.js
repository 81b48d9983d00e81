// Short messages about what was done. They are announced, and go by themselves.

import { html, repeat } from "./lit.js";
import { icon } from "./icons.js";
import { changed } from "./store.js";

const SHOWN_MS = 5_000;
let next = 0;
let toasts = [];

/** @param kind "info", or "error" for what stays until it is closed */
export function toast(text, kind = "info", link) {
  const id = ++next;
  toasts = [...toasts.slice(-3), { id, text, kind, link }];
  if (kind !== "error") {
    setTimeout(() => close(id), SHOWN_MS);
  }
  changed();
}

function close(id) {
  toasts = toasts.filter((one) => one.id !== id);
  changed();
}

/** Does something and says how that went; an error is told and goes no further. */
export async function attempt(action, done) {
  try {
    const result = await action();
    if (done) {
      toast(typeof done === "function" ? done(result) : done);
    }
    return result;
  } catch (error) {
    toast(error.message, "error");
    return undefined;
  }
}

export function toastArea() {
  return html`<div class="toasts" role="status" aria-live="polite">
    ${repeat(toasts, ({ id }) => id, ({ id, text, kind, link }) => html`<div class="toast toast-${kind}">
      <span>${text}</span>${link ? html` <a href=${link.href}>${link.text}</a>` : ""}
      <button type="button" class="icon-button" aria-label="Close message" @click=${() => close(id)}>${icon("close")}</button>
    </div>`)}
  </div>`;
}
