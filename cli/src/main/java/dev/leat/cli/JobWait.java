package dev.leat.cli;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;

/** Waits for the end of a job by asking the server to, again and again. */
final class JobWait {

    /** As long as the server waits at most. */
    private static final Duration ROUND = Duration.ofSeconds(60);

    private JobWait() {}

    /**
     * The job as it is when it has ended, or when the time is over.
     *
     * @param atMost how long to wait in all; for ever where it is empty
     */
    static JsonNode await(ApiClient api, String id, Optional<Duration> atMost) throws InterruptedException {
        long began = System.nanoTime();
        while (true) {
            Duration left = atMost.map(most -> most.minusNanos(System.nanoTime() - began)).orElse(ROUND);
            Duration round = left.isNegative() ? Duration.ZERO : left.compareTo(ROUND) < 0 ? left : ROUND;
            JsonNode job = api.get(Query.of("jobs", id).with("wait", round.toSeconds()), round);
            if (job.has("finishedAt") || (atMost.isPresent() && left.toSeconds() < 1)) {
                return job;
            }
        }
    }
}
