// Single keys for those who like them; they can be switched off, since dictation software types letters.

import { html } from "./lit.js";
import { open } from "./dialog.js";
import { go } from "./router.js";
import { remember, remembered } from "./settings.js";

const GO = { q: "queue", s: "submit", b: "batches", t: "schedules", p: "plugins", w: "workers", d: "dead-letters", c: "charts" };
const GO_WITHIN_MS = 1500;
/** Keys that do the same without letters; they work also where letters are switched off. */
const NAVIGATION_KEYS = new Set(["ArrowDown", "ArrowUp", "Home", "End", "PageDown", "PageUp", "Enter", "Escape"]);

const HELP = [
  ["j k ↓ ↑", "next, previous in the list"], ["Enter", "open"], ["/", "search"], ["Esc", "leave the field, the job, the dialog"],
  ["n", "submit a job"], ["c", "cancel the job"], ["r", "retry the job"],
  ["g then q s b t p w d c", "go to queue, submit, batches, schedules, plugins, workers, dead letters, charts"],
  ["?", "this help"],
];

let goneAt = 0;

const lettersOn = () => remembered("keys", "on") === "on";

/**
 * @param keys of the view that is shown, by name
 * @param escape what Esc does where the focus is in no field
 */
export function onKey(event, keys, escape) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) {
    return;
  }
  if (event.target.closest("input, textarea, select")) {
    if (event.key === "Escape") {
      event.target.blur();
    }
    return;
  }
  if (!NAVIGATION_KEYS.has(event.key) && !lettersOn()) {
    return;
  }
  const action = pressed(event, keys(), escape);
  if (action) {
    event.preventDefault();
    action();
  }
}

function pressed(event, keys, escape) {
  const { key } = event;
  if (event.timeStamp - goneAt < GO_WITHIN_MS && key in GO) {
    goneAt = 0;
    return () => go(GO[key]);
  }
  if (key === "g") {
    goneAt = event.timeStamp;
    return undefined;
  }
  if (["Enter", "Home", "End", "PageDown", "PageUp"].includes(key) && event.target.closest("a, button, summary")) {
    return undefined;
  }
  const common = { "?": keyboardHelp, n: () => go("submit"), Escape: escape };
  return keys[key] ?? common[key];
}

export function keyboardHelp() {
  return open("Keyboard shortcuts", ({ close, draw }) => html`<div class="dialog-body">
    <h2>Keyboard</h2>
    <dl class="keys">${HELP.map(([keys, what]) => html`<div>
      <dt>${keys.split(" ").map((key) => (key === "then" ? html` then ` : html`<kbd>${key}</kbd> `))}</dt><dd>${what}</dd></div>`)}</dl>
    <label class="check"><input type="checkbox" .checked=${lettersOn()}
      @change=${(event) => { remember("keys", event.target.checked ? "on" : "off"); draw(); }}> Single letters are shortcuts</label>
    <div class="actions"><button type="button" class="button button-primary" autofocus @click=${() => close()}>Close</button></div>
  </div>`);
}
