package dev.leat.runtime.json;

/**
 * What is wrong with one field of a job's params.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901) into the params: {@code "/limit"}; the empty text is the whole
 * @param message what was expected and what came: "Expected …, but …"
 */
public record FieldError(String pointer, String message) {}
