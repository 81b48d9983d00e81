package dev.leat.plugin;

/** The input of a job type that has no parameters: the empty JSON object. */
public record NoInput() {}
