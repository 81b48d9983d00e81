package dev.leat.plugin;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job that a handler wants to be done, for {@link JobContext#enqueue}. Immutable: each call gives another request.
 *
 * <pre>{@code
 * JobRequest.of("thumbnail", "images:resize", new ResizeInput(path, 200)).inLane(DefaultLane.LOW)
 * JobRequest.of("mail-" + user, "mail:send", Map.of("to", user)).runAt(tomorrow)
 * }</pre>
 */
public final class JobRequest {

    /** How long a key may be, in characters. */
    public static final int MAX_KEY = 200;

    private final String key;
    private final String type;
    private final Object params;
    private final DefaultLane lane;
    private final Optional<Instant> runAt;

    private JobRequest(String key, String type, Object params, DefaultLane lane, Optional<Instant> runAt) {
        this.key = key;
        this.type = type;
        this.params = params;
        this.lane = lane;
        this.runAt = runAt;
    }

    /**
     * A job of any type, also of another plugin.
     *
     * @param key tells this request from all others of the same job, in all its attempts: 1 to {@value #MAX_KEY}
     *     characters. It should follow from what is asked for, not from when
     * @param type as it is submitted, {@code plugin:type}
     * @param params written as JSON: the job type's input record, or one of your own of the same form
     * @throws IllegalArgumentException if the key is out of its range or the type not of that form
     */
    public static JobRequest of(String key, String type, Record params) {
        return checked(key, type, params);
    }

    /** As {@link #of(String, String, Record)}, with the params by name; their values are what JSON can hold. */
    public static JobRequest of(String key, String type, Map<String, ?> params) {
        return checked(key, type, Map.copyOf(params));
    }

    private static JobRequest checked(String key, String type, Object params) {
        return new JobRequest(requireKey(key), requireType(type), params, DefaultLane.NORMAL, Optional.empty());
    }

    static String requireKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            throw new IllegalArgumentException(
                    "Expected a key of 1 to %d characters, but got %d".formatted(MAX_KEY, key.length()));
        }
        return key;
    }

    static String requireType(String type) {
        String[] parts = type.split(":", -1);
        if (parts.length != 2 || !Identifier.isValid(parts[0]) || !Identifier.isValid(parts[1])) {
            throw new IllegalArgumentException("Expected a job type as plugin:type, but got '%s'".formatted(type));
        }
        return type;
    }

    /** Says where the job goes. Default: {@link DefaultLane#NORMAL}, whatever its type says. */
    public JobRequest inLane(DefaultLane lane) {
        return new JobRequest(key, type, params, lane, runAt);
    }

    /** Says that the job is not to run before this time. Default: at once. */
    public JobRequest runAt(Instant earliest) {
        return new JobRequest(key, type, params, lane, Optional.of(earliest));
    }

    /** What tells it from the job's other requests. */
    public String key() {
        return key;
    }

    /** The job type, as {@code plugin:type}. */
    public String type() {
        return type;
    }

    /** A record, or a map of names to values. */
    public Object params() {
        return params;
    }

    /** Where the job goes. */
    public DefaultLane lane() {
        return lane;
    }

    /** When it may run at the earliest; empty for at once. */
    public Optional<Instant> earliest() {
        return runAt;
    }

    @Override
    public String toString() {
        return "JobRequest[%s, key %s]".formatted(type, key);
    }
}
