package dev.leat.submit.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where a dead letter stands in a list: newest first by the time of its record, then by its id, so that every instance
 * has the same order.
 */
public record DeadLetterPlace(Instant at, DeadLetterId id) implements Comparable<DeadLetterPlace> {

    private static final Comparator<DeadLetterPlace> NEWEST_FIRST = Comparator.comparing(DeadLetterPlace::at)
            .thenComparingInt(place -> place.id().partition())
            .thenComparingLong(place -> place.id().offset())
            .reversed();

    /**
     * Reads what {@link #cursor} wrote.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static DeadLetterPlace ofCursor(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return new DeadLetterPlace(Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(colon, 0)))),
                    DeadLetterId.parse(text.substring(colon + 1)));
        } catch (IllegalArgumentException notOurs) {
            throw new IllegalArgumentException("Expected a cursor that came with a list, but got another", notOurs);
        }
    }

    /** As text that means nothing to anybody else. */
    public String cursor() {
        String text = at.toEpochMilli() + ":" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int compareTo(DeadLetterPlace other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
