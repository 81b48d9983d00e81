package dev.leat.domain;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Names one job for ever. Leat draws UUIDs of version 7 (RFC 9562), whose first 48 bits are the Unix time in
 * milliseconds, so that ids sort by time; a foreign producer may use any other UUID.
 */
public record JobId(UUID value) implements Comparable<JobId> {

    private static final long RANDOM_A = 0xfffL;
    private static final long RANDOM_B = 0x3fff_ffff_ffff_ffffL;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** Draws a version 7 id whose time is {@code now}. */
    public static JobId draw(Instant now, RandomGenerator random) {
        long high = (now.toEpochMilli() << 16) | VERSION_7 | (random.nextLong() & RANDOM_A);
        long low = VARIANT | (random.nextLong() & RANDOM_B);
        return new JobId(new UUID(high, low));
    }

    /**
     * The id that everybody derives from the same time and parts, and nobody from others: in the form of version 7, with
     * {@code time} to the millisecond and the rest from a hash of the parts. Who may do something twice gives the job of
     * it such an id, and there is one job.
     */
    public static JobId derived(Instant time, String... parts) {
        MessageDigest hash = sha256();
        for (String part : parts) {
            update(hash, part.length() >>> 16);
            update(hash, part.length());
            part.chars().forEach(character -> update(hash, character));
        }
        BigInteger digest = new BigInteger(1, hash.digest());
        long high = (time.toEpochMilli() << 16) | VERSION_7 | (digest.shiftRight(Long.SIZE).longValue() & RANDOM_A);
        return new JobId(new UUID(high, VARIANT | (digest.longValue() & RANDOM_B)));
    }

    private static void update(MessageDigest hash, int value) {
        hash.update((byte) (value >>> 8));
        hash.update((byte) value);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256, which every Java has", e);
        }
    }

    /**
     * The id of a job that this one asks for: the same for the same key, whichever attempt asks.
     *
     * @param key tells it from the others that this one asks for
     */
    public JobId child(String key) {
        return derived(drawnAt().orElse(Instant.EPOCH), "child", toString(), key);
    }

    /**
     * Reads the canonical form, 36 characters in lower case: any other spelling would be another Kafka key, and so
     * another partition, for the same job.
     *
     * @throws IllegalArgumentException saying what was expected and what came
     */
    public static JobId parse(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equals(text)) {
                return new JobId(uuid);
            }
        } catch (IllegalArgumentException notAUuid) {
            // answered below, in our own words
        }
        throw new IllegalArgumentException(
                "Expected a job id in the form of a lower-case UUID, but got '" + Excerpt.of(text) + "'");
    }

    /** Whether the id's own time lies less than {@code age} before {@code now}; never for ids without a time. */
    public boolean isYoungerThan(Duration age, Instant now) {
        return drawnAt().filter(drawn -> drawn.isAfter(now.minus(age))).isPresent();
    }

    /** When it was drawn, by its own word; empty for ids without a time. */
    public Optional<Instant> drawnAt() {
        return value.version() == 7
                ? Optional.of(Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16))
                : Optional.empty();
    }

    /** Orders as the text does, so that ids drawn later come later; {@link UUID} itself compares signed. */
    @Override
    public int compareTo(JobId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
