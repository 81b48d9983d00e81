package dev.leat.submit.live;

import java.util.List;
import java.util.stream.Stream;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Lane;

/**
 * A fact and where it stands.
 *
 * @param topic its name without the installation's prefix
 * @param writtenAt when, in milliseconds since 1970, by the clock of its writer or of the broker
 * @param sequence counts the facts that the tail of this process has handed out, from 1; 0 where another reader read it
 */
record LoggedFact(String topic, int partition, long offset, long writtenAt, JobId job, Fact fact, long sequence) {

    static final String EVENTS = "events";
    static final String CONTROL = "control";
    static final String PENDING = "pending";

    LoggedFact withSequence(long number) {
        return new LoggedFact(topic, partition, offset, writtenAt, job, fact, number);
    }

    /** Whether it comes at the place, or later. */
    boolean isFrom(LogPosition place) {
        return offset >= place.next(topic, partition);
    }

    /** The topics that have facts of a plugin's jobs. */
    static List<String> topicsOf(String plugin) {
        return Stream.concat(Stream.of(EVENTS, CONTROL, PENDING),
                Stream.of(Lane.values()).map(lane -> "jobs." + plugin + "." + lane.wireName()))
                .toList();
    }
}
