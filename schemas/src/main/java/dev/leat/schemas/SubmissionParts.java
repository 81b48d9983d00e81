package dev.leat.schemas;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Terms;

/** Reads the parts of a submission that may be missing, each checked: commands come from strangers. */
final class SubmissionParts {

    private SubmissionParts() {}

    /**
     * What a submission says of its policy.
     *
     * @throws IllegalArgumentException where no policy can say that
     */
    static PolicyOverrides policy(@Nullable Integer maxAttempts, Optional<Backoff> backoff,
            @Nullable Long timeoutMillis, @Nullable Long retentionMillis) {
        PolicyOverrides overrides = new PolicyOverrides(Optional.ofNullable(maxAttempts), backoff,
                Millis.readOptional("timeoutMillis", timeoutMillis),
                Millis.readOptional("retentionMillis", retentionMillis));
        var _ = JobPolicy.DEFAULT.with(overrides);
        return overrides;
    }

    /** How a submission wants to be tried again. */
    static Backoff backoff(long firstMillis, double factor, long capMillis, double jitter) {
        return new Backoff(Millis.read("firstMillis", firstMillis), factor, Millis.read("capMillis", capMillis),
                jitter);
    }

    /** The conditions of a submission. */
    static Terms terms(@Nullable Instant runAt, @Nullable Instant expiresAt, @Nullable Instant deadlineAt,
            @Nullable String uniqueKey, Optional<Terms.Idempotency> idempotency) {
        return new Terms(Optional.ofNullable(runAt), Optional.ofNullable(expiresAt), Optional.ofNullable(deadlineAt),
                Optional.ofNullable(uniqueKey).map(key -> key("uniqueKey", key)), idempotency);
    }

    /** The name of the request, if it has one. */
    static Optional<Terms.Idempotency> idempotency(@Nullable String idempotencyKey, String fingerprint) {
        return Optional.ofNullable(idempotencyKey)
                .map(key -> new Terms.Idempotency(key("idempotencyKey", key), fingerprint));
    }

    /** On whose behalf. */
    static Origin origin(String kind, String id, long index) {
        if (id.isEmpty() || id.length() > Origin.MAX_ID) {
            throw new IllegalArgumentException("Expected the id of an origin of 1 to " + Origin.MAX_ID
                    + " characters, but got " + id.length());
        }
        return new Origin(Arrays.stream(Origin.Kind.values())
                .filter(known -> wireName(known).equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Expected a kind of origin, but got '" + kind + "'")),
                id, index);
    }

    /** The name of its kind outside the JVM. */
    static String kind(Origin origin) {
        return wireName(origin.kind());
    }

    private static String wireName(Origin.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String key(String what, String key) {
        if (key.isEmpty() || key.length() > Terms.MAX_KEY) {
            throw new IllegalArgumentException(
                    "Expected " + what + " of 1 to " + Terms.MAX_KEY + " characters, but got " + key.length());
        }
        return key;
    }
}
