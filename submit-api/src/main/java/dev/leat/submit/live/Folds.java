package dev.leat.submit.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.apache.kafka.common.errors.RetriableException;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.schemas.Codec;
import dev.leat.schemas.UndecodableRecordException;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorClient;

/** Asks projectors for jobs to fold on from. Thread-safe; callers block. */
final class Folds {

    private static final int MOST_AT_ONCE = 100;

    private final ProjectorClient projectors;
    private final Codec<Job> codec;
    private final FactReader topics;
    private final ObjectMapper json;

    /**
     * Jobs of one partition.
     *
     * @param shown a place up to which all facts are in them; they may have later ones
     * @param jobs those that are there
     */
    record Known(LogPosition shown, Map<JobId, Fold> jobs) {}

    /** A job without its params, and as it is shown. */
    record Fold(Job job, Json view) {}

    /** As a projector writes it. */
    record Answer(int partition, Map<String, Long> next, Map<String, Part> jobs) {}

    /** As a projector writes it. */
    record Part(Json view, String fold) {}

    Folds(ProjectorClient projectors, Codec<Job> codec, FactReader topics, ObjectMapper json) {
        this.projectors = projectors;
        this.codec = codec;
        this.topics = topics;
        this.json = json;
    }

    /**
     * The jobs, all of which are of this partition, and up to where facts of the partition show.
     *
     * @throws dev.leat.runtime.http.ProblemException 503 where no projector answers
     */
    Known ask(int partition, Collection<JobId> ids) {
        List<JobId> all = new ArrayList<>(ids);
        Known known = askSome(partition, all.subList(0, Math.min(all.size(), MOST_AT_ONCE)));
        for (int from = MOST_AT_ONCE; from < all.size(); from += MOST_AT_ONCE) {
            Known more = askSome(partition, all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE)));
            Map<JobId, Fold> jobs = new HashMap<>(known.jobs());
            jobs.putAll(more.jobs());
            known = new Known(known.shown().earlier(more.shown()), jobs);
        }
        return known;
    }

    private Known askSome(int partition, List<JobId> ids) {
        ProjectorAnswer answer = projectors.get("/internal/v1/partitions/" + partition + "/folds?ids="
                + ids.stream().map(JobId::toString).collect(Collectors.joining(",")));
        if (!answer.isFound()) {
            throw ApiProblems.streamUnavailable("The projectors do not say how far they have come.");
        }
        try {
            return known(json.readValue(answer.body(), Answer.class));
        } catch (IOException | UndecodableRecordException e) {
            throw ApiProblems.streamUnavailable("The projectors are of another version than this API.");
        } catch (RetriableException registryAway) {
            throw ApiProblems.streamUnavailable("The schema registry is away.");
        }
    }

    private Known known(Answer answer) {
        Map<String, Map<Integer, Long>> shown = new HashMap<>();
        answer.next().forEach((topic, next) -> {
            if (topics.isFactTopic(topic)) {
                shown.put(topics.shortName(topic), Map.of(answer.partition(), next));
            }
        });
        Map<JobId, Fold> jobs = new HashMap<>();
        answer.jobs()
                .forEach((_, part) -> decode(part.fold())
                        .ifPresent(job -> jobs.put(job.id(), new Fold(job, part.view()))));
        return new Known(new LogPosition(shown), jobs);
    }

    private Optional<Job> decode(String fold) {
        return codec.decode(topics.fullName(LoggedFact.EVENTS), Base64.getDecoder().decode(fold));
    }
}
