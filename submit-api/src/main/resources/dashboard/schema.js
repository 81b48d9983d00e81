// JSON Schema (2020-12), as far as forms go: what kind of field a schema asks for, and whether a value fits.

import { count } from "./format.js";

/** The schema without references, and whether null is allowed as well. */
export function resolved(schema, root) {
  if (schema.$ref?.startsWith("#/")) {
    const target = schema.$ref.slice(2).split("/").reduce((at, part) => at?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], root);
    const { $ref, ...rest } = schema;
    return resolved({ ...(target ?? {}), ...rest }, root);
  }
  const choices = (schema.anyOf ?? schema.oneOf ?? []).filter((choice) => choice.type !== "null");
  if (choices.length === 1) {
    const { anyOf, oneOf, ...rest } = schema;
    return resolved({ ...choices[0], ...rest }, root);
  }
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== "null");
    return types.length === 1 ? { ...schema, type: types[0] } : schema;
  }
  return schema;
}

/** The kind of field for a schema that is resolved; "json" where a form has nothing better. */
export function kindOf(schema) {
  if (Array.isArray(schema.enum)) {
    return "choice";
  }
  switch (schema.type) {
    case "string": return "text";
    case "integer": case "number": return "number";
    case "boolean": return "flag";
    case "array": return schema.items && !Array.isArray(schema.items) ? "list" : "json";
    case "object": return kindOfObject(schema);
    default: return "json";
  }
}

function kindOfObject(schema) {
  if (schema.properties) {
    return "group";
  }
  if (schema.additionalProperties && typeof schema.additionalProperties === "object") {
    return "map";
  }
  return schema.additionalProperties === false ? "group" : "json";
}

/** What is wrong with a text, or nothing. */
export function wrongText(schema, text) {
  const length = [...text].length;
  if (length < (schema.minLength ?? 0)) {
    return schema.minLength === 1 ? "Expected a value" : `Expected at least ${count(schema.minLength)} characters, but got ${length}`;
  }
  if (length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) {
    return `Expected at most ${count(schema.maxLength)} characters, but got ${count(length)}`;
  }
  if (schema.pattern && !patternOf(schema.pattern).test(text)) {
    return schema.pattern === "\\S" ? "Expected more than blanks" : `Expected a match of ${schema.pattern}`;
  }
  return undefined;
}

/** A pattern that this browser cannot read is left to the server. */
function patternOf(pattern) {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return /(?:)/;
  }
}

export function wrongNumber(schema, number) {
  if (!Number.isFinite(number)) {
    return "Expected a number";
  }
  if (schema.type === "integer" && !Number.isInteger(number)) {
    return `Expected a whole number, but got ${number}`;
  }
  if (number < (schema.minimum ?? -Infinity)) {
    return `Expected at least ${count(schema.minimum)}, but got ${count(number)}`;
  }
  if (number > (schema.maximum ?? Infinity)) {
    return `Expected at most ${count(schema.maximum)}, but got ${count(number)}`;
  }
  if (number <= (schema.exclusiveMinimum ?? -Infinity)) {
    return `Expected more than ${count(schema.exclusiveMinimum)}, but got ${count(number)}`;
  }
  if (number >= (schema.exclusiveMaximum ?? Infinity)) {
    return `Expected less than ${count(schema.exclusiveMaximum)}, but got ${count(number)}`;
  }
  return undefined;
}

export function wrongList(schema, values) {
  const n = values.length;
  if (n < (schema.minItems ?? 0)) {
    return `Expected at least ${schema.minItems}, but got ${n}`;
  }
  if (n > (schema.maxItems ?? Number.POSITIVE_INFINITY)) {
    return `Expected at most ${count(schema.maxItems)}, but got ${count(n)}`;
  }
  if (schema.uniqueItems && new Set(values.map((value) => JSON.stringify(value))).size < n) {
    return "Expected each only once";
  }
  return undefined;
}

/** The bounds of a field in words. */
export function boundsOf(schema) {
  const { minimum: low, maximum: high } = schema;
  const isRange = Number.isFinite(low) && Number.isFinite(high) && Math.abs(low) < 2 ** 31 - 1;
  if (isRange && high < 2 ** 31 - 1) {
    return `${count(low)} to ${count(high)}`;
  }
  if (Number.isFinite(low) && low > -(2 ** 31)) {
    return `at least ${count(low)}`;
  }
  if (schema.type === "array" && (schema.minItems || schema.maxItems)) {
    return schema.maxItems ? `${schema.minItems ?? 0} to ${schema.maxItems}` : `at least ${schema.minItems}`;
  }
  return schema.type === "string" && schema.maxLength ? `up to ${count(schema.maxLength)} characters` : "";
}
