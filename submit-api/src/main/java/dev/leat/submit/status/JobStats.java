package dev.leat.submit.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.runtime.http.ProblemException;

/** Counts jobs and workers. Thread-safe; callers block. */
public final class JobStats {

    private final ProjectorClient projectors;
    private final ProjectorJson answers;
    private final Supplier<List<WorkerHeartbeat>> live;

    /** How many workers live, and what they can run at once. */
    public record WorkerCounts(int live, int slots, int freeSlots, int lostSlots) {

        static WorkerCounts of(List<WorkerHeartbeat> beats) {
            return new WorkerCounts(beats.size(), beats.stream().mapToInt(WorkerHeartbeat::slots).sum(),
                    beats.stream().mapToInt(WorkerHeartbeat::freeSlots).sum(),
                    beats.stream().mapToInt(WorkerHeartbeat::lostSlots).sum());
        }
    }

    /** @param live the last heartbeats of the workers that live */
    public JobStats(ProjectorClient projectors, ProjectorJson answers, Supplier<List<WorkerHeartbeat>> live) {
        this.projectors = projectors;
        this.answers = answers;
        this.live = live;
    }

    /** What a projector says of its jobs. */
    public ProjectorAnswer ask() {
        return projectors.get("/internal/v1/stats");
    }

    /**
     * All counts.
     *
     * @param answer that was found
     */
    public Map<String, Object> with(ProjectorAnswer answer) {
        Map<String, Object> stats = new LinkedHashMap<>(answers.members(answer));
        stats.put("workers", WorkerCounts.of(live.get()));
        return stats;
    }

    /**
     * All counts.
     *
     * @throws ProblemException 503 where no projector answers
     */
    public Map<String, Object> now() {
        ProjectorAnswer answer = ask();
        if (!answer.isFound()) {
            throw new IllegalStateException("Expected counts of jobs, but got " + answer.status());
        }
        return with(answer);
    }
}
