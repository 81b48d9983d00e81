package dev.leat.submit.schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorClient;

/** Asks the projectors for schedules. Thread-safe; callers block. */
public final class ScheduleReads {

    private static final String SCHEDULES = "/internal/v1/schedules";

    private final ProjectorClient projectors;
    private final ScheduleLog log;
    private final ObjectMapper json;

    /** @param json the JSON of Leat */
    public ScheduleReads(ProjectorClient projectors, ScheduleLog log, ObjectMapper json) {
        this.projectors = projectors;
        this.log = log;
        this.json = json;
    }

    /**
     * A page of them, by their ids. Problem 503 where no projector answers.
     *
     * @param query from the question mark on
     */
    public ProjectorAnswer page(String query) {
        return projectors.get(SCHEDULES + query);
    }

    /** One of them, or why there is none to show. Problem 503 where no projector answers. */
    public ProjectorAnswer schedule(ScheduleId id) {
        return projectors.get(SCHEDULES + "/" + id);
    }

    /** One of them when it has reached a version. Problem 503 where no projector says so in time. */
    ProjectorAnswer schedule(ScheduleId id, long version) {
        return projectors.get(SCHEDULES + "/" + id + "?version=" + version);
    }

    /** Waits until it is gone. Problem 503 where no projector says so in time. */
    void awaitGone(ScheduleId id) {
        var _ = projectors.get(SCHEDULES + "/" + id + "?until=gone");
    }

    /**
     * What is wanted of a schedule now.
     *
     * @throws ProblemException 503 where no projector answers
     */
    Optional<ScheduleRevision> revision(ScheduleId id) {
        ProjectorAnswer answer = projectors.get(SCHEDULES + "/" + id + "/record");
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(log.read(Base64.getDecoder().decode(tree(answer).path("record").asText())));
    }

    /** The version of a schedule that was found. */
    public long versionOf(ProjectorAnswer answer) {
        return tree(answer).path("version").asLong();
    }

    /** The name of the change that made the version of a schedule that was found. */
    String changeOf(ProjectorAnswer answer) {
        return tree(answer).path("change").asText();
    }

    private JsonNode tree(ProjectorAnswer answer) {
        if (!answer.isFound()) {
            throw new IllegalStateException("Expected a schedule of the projector, but got " + answer.status());
        }
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("Expected a schedule of the projector, but cannot read it", e);
        }
    }
}
