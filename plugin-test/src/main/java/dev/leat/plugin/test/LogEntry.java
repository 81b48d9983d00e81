package dev.leat.plugin.test;

import dev.leat.plugin.LogLevel;
import java.util.Map;

/**
 * A line that a handler has written to the log of its job, as it is kept: message and fields are cut where they are too
 * long.
 *
 * @param fields what goes with the message, by name
 */
public record LogEntry(LogLevel level, String message, Map<String, String> fields) {

    public LogEntry {
        fields = Map.copyOf(fields);
    }
}
