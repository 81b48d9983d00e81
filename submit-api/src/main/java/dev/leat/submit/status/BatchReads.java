package dev.leat.submit.status;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.batch.BatchId;
import dev.leat.runtime.http.ProblemException;

/** Asks the projectors for batches. Thread-safe; callers block, so they run on virtual threads. */
public final class BatchReads {

    private static final String BATCHES = "/internal/v1/batches";
    private static final int SHOWN_RUNNING = 20;

    private final ProjectorClient projectors;

    public BatchReads(ProjectorClient projectors) {
        this.projectors = projectors;
    }

    /**
     * The batch, or why there is none to show.
     *
     * @param position where the record stands that must have been seen
     * @throws ProblemException 503 where no projector answers
     */
    public ProjectorAnswer batch(BatchId id, Optional<CommandPosition> position) {
        return projectors.get(BATCHES + "/" + id + position
                .map(at -> "?position=" + URLEncoder.encode(at.toString(), StandardCharsets.UTF_8))
                .orElse(""));
    }

    /** Some of its jobs that run now; empty where nobody can say. */
    public Optional<ProjectorAnswer> running(BatchId id) {
        try {
            return Optional.of(projectors
                    .get("/internal/v1/jobs?status=running&batch=" + id + "&limit=" + SHOWN_RUNNING))
                    .filter(ProjectorAnswer::isFound);
        } catch (ProblemException unavailable) {
            return Optional.empty();
        }
    }

    /**
     * A page of its operations.
     *
     * @param query from the question mark on
     * @throws ProblemException 503 where no projector answers
     */
    public ProjectorAnswer operations(BatchId id, String query) {
        return projectors.get(BATCHES + "/" + id + "/operations" + query);
    }

    /**
     * A page of batches.
     *
     * @param query from the question mark on
     * @throws ProblemException 503 where no projector answers
     */
    public ProjectorAnswer page(String query) {
        return projectors.get(BATCHES + query);
    }
}
