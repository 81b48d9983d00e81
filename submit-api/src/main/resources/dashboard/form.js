// A form made from a JSON Schema. It keeps what was typed, as it was typed, and makes the value from that; errors of the
// server are shown at their fields, by their JSON pointers.

import { html, noChange, nothing, repeat } from "./lit.js";
import { icon } from "./icons.js";
import { boundsOf, kindOf, resolved, wrongList, wrongNumber, wrongText } from "./schema.js";
import { capital } from "./ui.js";

let drafts = 0;

/** Where a press makes a field lose its focus, what is wrong with it shows after the click: else what is pressed moves away. */
let isPressed = false;
addEventListener("pointerdown", () => { isPressed = true; }, true);
["pointerup", "pointercancel"].forEach((name) => addEventListener(name, () => { isPressed = false; }, true));

function afterPress(action) {
  if (isPressed) {
    addEventListener("pointerup", () => setTimeout(action), { once: true });
  } else {
    action();
  }
}

export class SchemaForm {
  #schema;
  #root;
  #draft;
  #errors = new Map();
  #changed;
  #prefix;

  /**
   * @param schema of an object
   * @param value what the fields have at first, over the defaults
   * @param changed called after each change
   * @param prefix of the ids of its elements
   */
  constructor(schema, { value, changed, prefix = "params" }) {
    this.#root = schema;
    this.#schema = resolved(schema, schema);
    this.#changed = changed;
    this.#prefix = prefix;
    this.#draft = this.#draftOf(this.#schema, value ?? {});
  }

  get isEmpty() {
    return kindOf(this.#schema) === "group" && Object.keys(this.#schema.properties ?? {}).length === 0;
  }

  /** The value as it stands, right or wrong. */
  value() {
    return this.#valueOf(this.#schema, this.#draft, "", true, () => {}) ?? {};
  }

  /** The value where everything in it is right; else shows what is wrong, goes to the first of it, and gives nothing. */
  checked() {
    this.#errors.clear();
    const value = this.#valueOf(this.#schema, this.#draft, "", true, (pointer, message) => this.#errors.set(pointer, message));
    this.#changed();
    if (this.#errors.size > 0) {
      this.#focusFirst();
      return undefined;
    }
    return value ?? {};
  }

  /** Shows errors at their fields; returns those that have none here. */
  refuse(errors) {
    this.#errors = new Map(errors.map(({ pointer, message }) => [pointer, message]));
    this.#changed();
    requestAnimationFrame(() => this.#focusFirst());
    return errors.filter(({ pointer }) => !document.getElementById(this.#id(pointer)));
  }

  template() {
    return this.#inside(this.#schema, this.#draft, "");
  }

  #focusFirst() {
    requestAnimationFrame(() => {
      const fields = [...this.#errors.keys()].map((pointer) => document.getElementById(this.#id(pointer))).filter((field) => field);
      fields.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
      fields[0]?.focus();
    });
  }

  // What was typed -------------------------------------------------------------------------------------------------

  #draftOf(schema, value) {
    const key = ++drafts;
    const kind = kindOf(schema);
    const given = value ?? schema.default;
    switch (kind) {
      case "group":
        return { key, kind, fields: Object.fromEntries(this.#properties(schema).map(([name, child]) => [name, this.#draftOf(child, given?.[name])])) };
      case "list":
        return this.#draftOfList(schema, given, key);
      case "map": {
        const child = resolved(schema.additionalProperties, this.#root);
        return { key, kind, child, entries: Object.entries(given ?? {}).map(([name, one]) => ({ name, draft: this.#draftOf(child, one) })) };
      }
      case "flag":
        return { key, kind, raw: given === true };
      case "json":
        return { key, kind, raw: given === undefined ? "" : JSON.stringify(given, null, 2) };
      default:
        return { key, kind, raw: given === undefined || given === null ? "" : String(given) };
    }
  }

  #draftOfList(schema, given, key) {
    const child = resolved(schema.items, this.#root);
    if (kindOf(child) === "choice" && schema.uniqueItems) {
      return { key, kind: "several", child, chosen: new Set(given ?? []) };
    }
    const values = given ?? new Array(schema.minItems ?? 0).fill(undefined);
    return { key, kind: "list", child, items: values.map((one) => this.#draftOf(child, one)) };
  }

  #properties(schema) {
    return Object.entries(schema.properties ?? {}).map(([name, child]) => [name, resolved(child, this.#root)]);
  }

  // What it comes to -----------------------------------------------------------------------------------------------

  /** Nothing where the field is left out. */
  #valueOf(schema, draft, pointer, required, wrong) {
    switch (draft.kind) {
      case "group": return this.#valueOfGroup(schema, draft, pointer, wrong);
      case "list": return this.#valueOfList(schema, draft, pointer, wrong);
      case "several": return told([...draft.chosen], wrongList(schema, [...draft.chosen]), pointer, wrong);
      case "map": return this.#valueOfMap(schema, draft, pointer, wrong);
      case "flag": return draft.raw;
      default: break;
    }
    if (draft.raw === "") {
      if (required) {
        wrong(pointer, "Expected a value");
      }
      return undefined;
    }
    return scalar(schema, draft, pointer, wrong);
  }

  #valueOfGroup(schema, draft, pointer, wrong) {
    const required = new Set(schema.required ?? []);
    const value = {};
    for (const [name, child] of this.#properties(schema)) {
      const at = `${pointer}/${escaped(name)}`;
      const one = this.#valueOf(child, draft.fields[name], at, required.has(name), wrong);
      if (one !== undefined) {
        value[name] = one;
      }
    }
    return value;
  }

  #valueOfList(schema, draft, pointer, wrong) {
    const values = draft.items.map((item, i) => this.#valueOf(draft.child, item, `${pointer}/${i}`, true, wrong));
    return told(values, wrongList(schema, values), pointer, wrong);
  }

  #valueOfMap(schema, draft, pointer, wrong) {
    const value = {};
    draft.entries.forEach(({ name, draft: one }) => {
      const at = `${pointer}/${escaped(name)}`;
      if (name === "") {
        wrong(at, "Expected a name");
      }
      value[name] = this.#valueOf(draft.child, one, at, true, wrong);
    });
    return value;
  }

  // How it looks ---------------------------------------------------------------------------------------------------

  #id(pointer) {
    return `${this.#prefix}${pointer.replaceAll(/[^A-Za-z0-9]/g, "-")}`;
  }

  #edit(pointer, change) {
    change();
    this.#errors.delete(pointer);
    this.#changed();
  }

  /** Checks one field when it is left; what is not filled in is told only at the end. */
  #left(schema, draft, pointer) {
    if (draft.raw !== "" && !draft.isDropped) {
      scalar(schema, draft, pointer, (at, message) => this.#errors.set(at, message));
      this.#changed();
    }
  }

  #inside(schema, draft, pointer) {
    const required = new Set(schema.required ?? []);
    return this.#properties(schema).map(([name, child]) =>
      this.#field(child, draft.fields[name], `${pointer}/${escaped(name)}`, name, required.has(name)));
  }

  #field(schema, draft, pointer, name, required, inList = false) {
    const label = inList ? name : (schema.title ?? named(name));
    switch (draft.kind) {
      case "group": return this.#fieldset(label, schema, pointer, this.#inside(schema, draft, pointer));
      case "list": return this.#fieldset(label, schema, pointer, this.#list(schema, draft, pointer, label));
      case "several": return this.#fieldset(label, schema, pointer, this.#several(draft, pointer));
      case "map": return this.#fieldset(label, schema, pointer, this.#map(schema, draft, pointer, label));
      case "flag": return this.#flag(schema, draft, pointer, label);
      default: break;
    }
    return html`<div class="field">
      <label for=${this.#id(pointer)} class=${inList ? "hidden" : ""}>${label}${required && !inList ? html` <span class="required">required</span>` : nothing}</label>
      ${this.#input(schema, draft, pointer, required, inList)}
      ${this.#under(schema, pointer, inList)}
    </div>`;
  }

  #fieldset(label, schema, pointer, content) {
    return html`<fieldset id=${this.#id(pointer)} tabindex="-1" aria-describedby=${this.#describedBy(schema, pointer)}>
      <legend>${label}</legend>${this.#under(schema, pointer)}${content}</fieldset>`;
  }

  /** Description and bounds, and what is wrong. */
  #under(schema, pointer, inList = false) {
    const hint = inList ? "" : [schema.description, capital(boundsOf(schema))].filter((text) => text).join(" · ");
    const error = this.#errors.get(pointer);
    return html`
      ${hint ? html`<p class="hint" id="${this.#id(pointer)}-hint">${hint}</p>` : nothing}
      ${error ? html`<p class="field-error" id="${this.#id(pointer)}-error">${error}</p>` : nothing}`;
  }

  #describedBy(schema, pointer, inList = false) {
    const id = this.#id(pointer);
    const hint = !inList && (schema.description || boundsOf(schema)) ? `${id}-hint` : "";
    const error = this.#errors.has(pointer) ? `${id}-error` : "";
    return `${error} ${hint}`.trim() || nothing;
  }

  #input(schema, draft, pointer, required, inList) {
    const id = this.#id(pointer);
    const invalid = this.#errors.has(pointer) ? "true" : nothing;
    const described = this.#describedBy(schema, pointer, inList);
    const change = (event) => this.#edit(pointer, () => {
      draft.raw = event.target.validity.badInput ? "?" : event.target.value;
    });
    const left = () => afterPress(() => this.#left(schema, draft, pointer));
    if (draft.kind === "choice") {
      return html`<select id=${id} aria-invalid=${invalid} aria-describedby=${described} @change=${change}>
        ${required && draft.raw !== "" ? nothing : html`<option value="" ?selected=${draft.raw === ""}>${required ? "Choose …" : "(left out)"}</option>`}
        ${schema.enum.map((one) => html`<option value=${String(one)} ?selected=${String(one) === draft.raw}>${String(one)}</option>`)}</select>`;
    }
    if (draft.kind === "json" || (draft.kind === "text" && isLong(schema))) {
      return html`<textarea id=${id} rows=${draft.kind === "json" ? 4 : 2} aria-invalid=${invalid} aria-describedby=${described}
        ?required=${required} .value=${draft.raw} @input=${change} @change=${left} spellcheck=${draft.kind === "text"}></textarea>`;
    }
    return html`<input id=${id} type=${draft.kind === "number" ? "number" : "text"} step="any" min=${schema.minimum ?? nothing}
      max=${schema.maximum ?? nothing} aria-invalid=${invalid} aria-describedby=${described} ?required=${required}
      .value=${draft.raw === "?" ? noChange : draft.raw} @input=${change} @change=${left} autocomplete="off">`;
  }

  #flag(schema, draft, pointer, label) {
    return html`<div class="field">
      <label class="check"><input type="checkbox" id=${this.#id(pointer)} .checked=${draft.raw} aria-describedby=${this.#describedBy(schema, pointer)}
        @change=${(event) => this.#edit(pointer, () => { draft.raw = event.target.checked; })}> ${label}</label>
      ${this.#under(schema, pointer)}</div>`;
  }

  #several(draft, pointer) {
    return html`<div class="checks">${draft.child.enum.map((one) => html`<label class="check"><input type="checkbox"
      .checked=${draft.chosen.has(one)}
      @change=${(event) => this.#edit(pointer, () => (event.target.checked ? draft.chosen.add(one) : draft.chosen.delete(one)))}> ${one}</label>`)}</div>`;
  }

  #list(schema, draft, pointer, label) {
    const full = draft.items.length >= (schema.maxItems ?? Number.POSITIVE_INFINITY);
    const add = () => this.#edit(pointer, () => draft.items.push(this.#draftOf(draft.child)));
    const drop = (item) => this.#edit(pointer, () => {
      item.isDropped = true;
      draft.items = draft.items.filter((one) => one !== item);
      this.#errors.clear();
    });
    return html`${repeat(draft.items, (item) => item.key, (item, i) => html`<div class="item">
        ${this.#field(draft.child, item, `${pointer}/${i}`, `${label} ${i + 1}`, true, true)}
        <button type="button" class="icon-button" aria-label=${`Remove ${label} ${i + 1}`} @click=${() => drop(item)}>${icon("close")}</button>
      </div>`)}
      <button type="button" class="button button-small" ?disabled=${full} @click=${add}>${icon("submit")}<span>Add to ${label}</span></button>`;
  }

  #map(schema, draft, pointer, label) {
    const add = () => this.#edit(pointer, () => draft.entries.push({ name: "", draft: this.#draftOf(draft.child) }));
    const drop = (entry) => this.#edit(pointer, () => {
      entry.draft.isDropped = true;
      draft.entries = draft.entries.filter((one) => one !== entry);
    });
    return html`${repeat(draft.entries, ({ draft: { key } }) => key, (entry, i) => html`<div class="item">
        <div class="field"><label for="${this.#prefix}-name-${entry.draft.key}">Name ${i + 1}</label>
          <input id="${this.#prefix}-name-${entry.draft.key}" type="text" .value=${entry.name} autocomplete="off"
            @input=${(event) => this.#edit(pointer, () => { entry.name = event.target.value; })}></div>
        ${this.#field(draft.child, entry.draft, `${pointer}/${escaped(entry.name)}`, "Value", true)}
        <button type="button" class="icon-button" aria-label=${`Remove ${label} ${i + 1}`} @click=${() => drop(entry)}>${icon("close")}</button>
      </div>`)}
      <button type="button" class="button button-small" ?disabled=${draft.entries.length >= (schema.maxProperties ?? Infinity)} @click=${add}>
        ${icon("submit")}<span>Add to ${label}</span></button>`;
  }
}

/** A value of one field that says something. */
function scalar(schema, draft, pointer, wrong) {
  switch (draft.kind) {
    case "number": {
      const number = draft.raw === "?" ? Number.NaN : Number(draft.raw);
      return told(number, wrongNumber(schema, number), pointer, wrong);
    }
    case "choice":
      return schema.enum.find((one) => String(one) === draft.raw);
    case "json":
      return parsedJson(draft.raw, pointer, wrong);
    default:
      return told(draft.raw, wrongText(schema, draft.raw), pointer, wrong);
  }
}

function told(value, message, pointer, wrong) {
  if (message) {
    wrong(pointer, message);
  }
  return value;
}

function parsedJson(text, pointer, wrong) {
  try {
    return JSON.parse(text);
  } catch (failure) {
    wrong(pointer, `Expected JSON, but: ${failure.message}`);
    return undefined;
  }
}

const isLong = (schema) => (schema.maxLength ?? 0) > 500 && !schema.pattern;
const escaped = (name) => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** "pauseMillis" as "Pause millis". */
function named(name) {
  return capital(name.replaceAll(/([a-z0-9])([A-Z])/g, (_, before, next) => `${before} ${next.toLowerCase()}`));
}
