package dev.leat.cli.http;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.leat.cli.Exit;

/**
 * Why a request was refused: a problem detail (RFC 9457).
 *
 * @param name the last part of its type, such as {@code job-not-found}
 * @param detail what was expected and what came; the title where the server says nothing more
 * @param fields what is wrong with which field, a line each
 * @param body all of it
 */
public record Problem(int status, String name, String detail, List<String> fields, JsonNode body) {

    private static final String URN = "urn:leat:problem:";

    static Problem of(int status, JsonNode body) {
        String title = body.path("title").asText("HTTP status " + status);
        return new Problem(status, body.path("type").asText().replace(URN, ""), body.path("detail").asText(title),
                StreamSupport.stream(body.path("errors").spliterator(), false).map(Problem::field).toList(), body);
    }

    Problem withLinesMovedBy(int lines) {
        JsonNode moved = body.deepCopy();
        moved.path("errors").forEach(error -> {
            if (error instanceof ObjectNode one && one.has("line")) {
                one.put("line", one.path("line").asInt() + lines);
            }
        });
        return of(status, moved);
    }

    /** Such as {@code line 6, params.limit: Expected a number of at least 100, but got 7}. */
    private static String field(JsonNode error) {
        String place = error.path("pointer").asText().replaceFirst("^/", "").replace('/', '.');
        String line = error.has("line") ? "line " + error.path("line").asText() : "";
        String where = line + (line.isEmpty() || place.isEmpty() ? "" : ", ") + place;
        return (where.isEmpty() ? "" : where + ": ") + error.path("message").asText();
    }

    /** What the process ends with when nobody knows better. */
    Exit exit() {
        return switch (status) {
            case 404 -> Exit.NOT_FOUND;
            case 502, 503, 504 -> Exit.UNAVAILABLE;
            default -> Exit.REFUSED;
        };
    }
}
