package dev.leat.submit.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.projection.JobKeys;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorClient;

/**
 * Asks the projectors what was decided about jobs with a key. Thread-safe; callers block.
 *
 * <p>A projector answers such a question with the job once it is decided, and with 503 where it is not by then.
 */
public final class KeyDecisions {

    /** How long one projector is asked to hold its answer back: less than it may take to answer. */
    private static final Duration LONGEST_ASK = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ProjectorClient projectors;
    private final ObjectMapper json;
    private final Duration patience;

    /** What was decided about a job. */
    sealed interface Decision {

        /** Nobody else has its key: it runs when its time comes. */
        record Admitted() implements Decision {}

        /** The same request has been made before. */
        record Repeated(JobId first) implements Decision {}

        /** Another request has been made with its key before. */
        record KeyReused(JobId first) implements Decision {}

        /** A job with its key is open. */
        record Duplicate(JobId first) implements Decision {}
    }

    /**
     * @param json the JSON of Leat
     * @param patience how long {@link #await} waits
     */
    public KeyDecisions(ProjectorClient projectors, ObjectMapper json, Duration patience) {
        this.projectors = projectors;
        this.json = json;
        this.patience = patience;
    }

    /**
     * Waits for the decision about a job.
     *
     * @param position where its command stands
     * @return empty where none could be had in time; it may come yet
     */
    Optional<Decision> await(JobId job, CommandPosition position) {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration left = patience;
        while (left.isPositive()) {
            Optional<Decision> decision = ask(job, position, left);
            if (decision.isPresent() || !pause()) {
                return decision;
            }
            left = Duration.ofNanos(deadline - System.nanoTime());
        }
        return Optional.empty();
    }

    private Optional<Decision> ask(JobId job, CommandPosition position, Duration left) {
        long wait = Math.min(left.toMillis(), LONGEST_ASK.toMillis());
        try {
            ProjectorAnswer answer = projectors.get("/internal/v1/jobs/" + job + "?position="
                    + URLEncoder.encode(position.toString(), StandardCharsets.UTF_8) + "&until=decided&wait=" + wait);
            return answer.isFound() ? Optional.of(decision(json.readTree(answer.body()))) : Optional.empty();
        } catch (ProblemException unavailable) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected a job of the projector, but cannot read it", e);
        }
    }

    private static Decision decision(JsonNode job) {
        if (!job.path("status").asText().equals(JobState.REJECTED.wireName())) {
            return new Decision.Admitted();
        }
        return switch (job.path("error").path("code").asText()) {
            case JobKeys.REPEATED -> new Decision.Repeated(first(job));
            case JobKeys.KEY_REUSED -> new Decision.KeyReused(first(job));
            case JobKeys.DUPLICATE -> new Decision.Duplicate(first(job));
            default -> new Decision.Admitted(); // A worker has found something else wrong with it.
        };
    }

    private static JobId first(JsonNode job) {
        return JobId.parse(job.path("duplicateOf").asText());
    }

    /** So that projectors that are about to start are not flooded. */
    private static boolean pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
