package dev.leat.cli.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Events from the lines of a {@code text/event-stream}, as the HTML standard has it. Remembers the last id and the time to
 * wait before a reconnection, so one parser serves a stream over all its connections. Used by one thread.
 */
final class SseParser {

    private static final Duration USUAL_RETRY = Duration.ofSeconds(1);

    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private String lastId = "";
    private String nextId = "";
    private boolean hasData;
    private Duration retry = USUAL_RETRY;

    /** Takes a line, without its end; an empty one makes an event of those before it. */
    Optional<ServerSentEvent> accept(String line) {
        if (line.isEmpty()) {
            return dispatched();
        }
        if (!line.startsWith(":")) {
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1);
            field(colon < 0 ? line : line.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
        return Optional.empty();
    }

    /** A new connection: what was half read is forgotten. */
    void reconnected() {
        nextId = lastId;
        clear();
    }

    /** The id of the last event that came as a whole; empty before the first. */
    String lastId() {
        return lastId;
    }

    /** How long the server wants to be left alone before the next connection. */
    Duration retry() {
        return retry;
    }

    private void field(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "id" -> nextId = value.indexOf('\0') < 0 ? value : nextId;
            case "data" -> {
                data.append(hasData ? "\n" : "").append(value);
                hasData = true;
            }
            case "retry" -> retry = value.matches("\\d{1,9}") ? Duration.ofMillis(Long.parseLong(value)) : retry;
            default -> {
                // Fields that do not exist are passed over.
            }
        }
    }

    private Optional<ServerSentEvent> dispatched() {
        lastId = nextId;
        Optional<ServerSentEvent> event = hasData
                ? Optional.of(new ServerSentEvent(name.isEmpty() ? "message" : name, lastId, data.toString()))
                : Optional.empty();
        clear();
        return event;
    }

    private void clear() {
        data.setLength(0);
        name = "";
        hasData = false;
    }
}
