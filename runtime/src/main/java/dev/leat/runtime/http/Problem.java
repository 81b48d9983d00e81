package dev.leat.runtime.http;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * An error as HTTP shows it (RFC 9457, {@code application/problem+json}). Immutable.
 *
 * @param type       {@code urn:leat:problem:<name>}: what callers may branch on
 * @param title      the same for every problem of the type
 * @param status     the HTTP status
 * @param detail     what was expected and what came, this time
 * @param instance   names this one occurrence, where a log knows more about it
 * @param extensions further members, beside the others in the JSON
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "instance"})
public record Problem(URI type, String title, int status, Optional<String> detail, Optional<URI> instance,
        Map<String, Object> extensions) {
    public static final String CONTENT_TYPE = "application/problem+json";
    private static final String TYPE_PREFIX = "urn:leat:problem:";

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("Expected a status from 400 to 599, but was " + status);
        }
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** A problem without details; {@code name} is in kebab case. */
    public static Problem of(String name, String title, int status) {
        return new Problem(URI.create(TYPE_PREFIX + name), title, status, Optional.empty(), Optional.empty(), Map.of());
    }

    public Problem withDetail(String text) {
        return new Problem(type, title, status, Optional.of(text), instance, extensions);
    }

    public Problem withInstance(URI uri) {
        return new Problem(type, title, status, detail, Optional.of(uri), extensions);
    }

    /** Adds a member; the value is written as JSON. */
    public Problem with(String member, Object value) {
        Map<String, Object> members = new LinkedHashMap<>(extensions);
        members.put(member, value);
        return new Problem(type, title, status, detail, instance, members);
    }

    @Override
    @JsonAnyGetter
    public Map<String, Object> extensions() {
        return extensions;
    }
}
