// Questions before what cannot be undone, and other dialogs; the browser keeps the focus inside and gives it back.

import { html, nothing, render } from "./lit.js";

/** Shows a dialog made by a template that gets close(); resolves with what that is called with. */
export function open(label, template) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-label", label);
    const close = (value) => dialog.close(JSON.stringify(value ?? null));
    dialog.addEventListener("close", () => {
      resolve(JSON.parse(dialog.returnValue || "null"));
      dialog.remove();
    });
    dialog.addEventListener("click", (event) => event.target === dialog && close(null));
    const draw = () => render(template({ close, draw }), dialog);
    draw();
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Whether whoever is asked says yes. */
export async function confirmed({ title, detail = nothing, action, danger = false }) {
  const answer = await open(title, ({ close }) => html`
    <form method="dialog" class="dialog-body" @submit=${(event) => { event.preventDefault(); close(true); }}>
      <h2>${title}</h2>
      <div>${detail}</div>
      <div class="actions">
        <button type="button" class="button" @click=${() => close(false)}>Keep as it is</button>
        <button type="submit" class="button ${danger ? "button-danger" : "button-primary"}" autofocus>${action}</button>
      </div>
    </form>`);
  return answer === true;
}
