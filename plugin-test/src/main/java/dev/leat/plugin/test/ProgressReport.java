package dev.leat.plugin.test;

/**
 * What a handler said about how far it is.
 *
 * @param percent 0 to 100
 * @param message as a worker passes it on, cut to 500 characters
 */
public record ProgressReport(int percent, String message) {}
