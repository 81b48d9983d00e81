package dev.leat.plugin;

/** The result of a job type that only does something: the empty JSON object. */
public record NoResult() {}
