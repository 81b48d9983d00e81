package dev.leat.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * The conditions of a submission: when and for how long the job may run, and which other jobs keep it from running.
 * Times are on the submitter's clock.
 *
 * @param runAt not before then
 * @param expiresAt not if no worker has taken it by then
 * @param deadline not longer than until then, all attempts together
 * @param uniqueKey while a job of this key is open, a second one is rejected
 * @param idempotency names the request that submitted it
 */
public record Terms(Optional<Instant> runAt, Optional<Instant> expiresAt, Optional<Instant> deadline,
        Optional<String> uniqueKey, Optional<Idempotency> idempotency) {

    public static final Terms NONE = new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

    /** How long a key may be, in characters. */
    public static final int MAX_KEY = 200;

    /**
     * A request that may come again.
     *
     * @param key what the client calls it
     * @param fingerprint of its body: the same for the same body, another for any other
     */
    public record Idempotency(String key, String fingerprint) {}

    /** Whether the projector has to see the job before it can go to its lane. */
    public boolean isConditional() {
        return runAt.isPresent() || isKeyed();
    }

    /** Whether other jobs can keep it from running. */
    public boolean isKeyed() {
        return uniqueKey.isPresent() || idempotency.isPresent();
    }
}
