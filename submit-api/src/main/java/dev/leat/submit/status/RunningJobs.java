package dev.leat.submit.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.Json;
import dev.leat.runtime.http.ProblemException;

/** Which jobs run on which worker, as the projectors know it. Thread-safe; callers block. */
public final class RunningJobs {

    private static final String NEWEST = "/internal/v1/jobs?status=running&limit=500";

    private final ProjectorClient projectors;
    private final ObjectMapper json;

    /**
     * A job that runs.
     *
     * @param status {@code running} or {@code cancelling}
     * @param startedAt when its current attempt was claimed, as RFC 3339 writes it
     * @param progress empty where its handler has said nothing yet
     */
    public record RunningJob(String id, String type, String status, int attempt, String startedAt,
            Optional<Json> progress) {

        private static RunningJob of(JsonNode job) {
            return new RunningJob(job.path("id").asText(), job.path("type").asText(), job.path("status").asText(),
                    job.path("attempt").asInt(), job.path("startedAt").asText(),
                    Optional.of(job.path("progress")).filter(JsonNode::isObject)
                            .map(node -> new Json(node.toString())));
        }
    }

    /** @param json the JSON of Leat */
    public RunningJobs(ProjectorClient projectors, ObjectMapper json) {
        this.projectors = projectors;
        this.json = json;
    }

    /** The newest 500 by the ids of their workers, newest first; empty where no projector says. */
    public Optional<Map<String, List<RunningJob>>> byWorker() {
        try {
            ProjectorAnswer answer = projectors.get(NEWEST);
            return answer.isFound() ? Optional.of(read(answer)) : Optional.empty();
        } catch (ProblemException unavailable) {
            return Optional.empty();
        }
    }

    private Map<String, List<RunningJob>> read(ProjectorAnswer answer) {
        try {
            Map<String, List<RunningJob>> byWorker = new HashMap<>();
            json.readTree(answer.body())
                    .path("jobs")
                    .forEach(job -> byWorker.computeIfAbsent(job.path("worker").asText(), _ -> new ArrayList<>())
                            .add(RunningJob.of(job)));
            return byWorker;
        } catch (IOException e) {
            throw new UncheckedIOException("Expected a list of the projector, but cannot read it", e);
        }
    }
}
