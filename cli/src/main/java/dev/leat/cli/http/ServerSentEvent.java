package dev.leat.cli.http;

/**
 * One event of a stream.
 *
 * @param name what happened; {@code message} where the server names nothing
 * @param id the place in the log, with which a stream is resumed behind it; empty where the event has none
 * @param data as the server sent it
 */
public record ServerSentEvent(String name, String id, String data) {}
