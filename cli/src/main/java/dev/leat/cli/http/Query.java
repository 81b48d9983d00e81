package dev.leat.cli.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A path of the API with its query, put together. Immutable. */
public record Query(String text) {

    /** A path below {@code /api/v1}, of segments that are encoded here. */
    public static Query of(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return new Query(path.toString());
    }

    /** The same with one parameter more. */
    public Query with(String name, Object value) {
        return new Query(text + (text.contains("?") ? "&" : "?") + name + "=" + encoded(String.valueOf(value)));
    }

    /** The same with one parameter more, if there is one. */
    public Query with(String name, Optional<?> value) {
        return value.<Query>map(there -> with(name, there)).orElse(this);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text;
    }
}
