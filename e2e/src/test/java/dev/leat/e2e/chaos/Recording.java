package dev.leat.e2e.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;

import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchView;
import dev.leat.e2e.LeatApi;
import dev.leat.e2e.TopicHistory;
import dev.leat.runtime.json.LeatJson;
import dev.leat.testkit.guarantees.BatchRecords;
import dev.leat.testkit.guarantees.BatchRecords.RecordedEvent;
import dev.leat.testkit.guarantees.History;
import dev.leat.testkit.guarantees.History.RecordedFact;
import dev.leat.testkit.guarantees.Observations;
import dev.leat.testkit.guarantees.PluginRecords.Said;

/** Asks an installation in which nothing moves any more for all that happened in it. */
final class Recording {

    /** Views show more than they are made from. */
    private static final ObjectMapper JSON = LeatJson.newMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final int CLIENTS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private Recording() {}

    /**
     * What was accepted and refused, as the clients know.
     *
     * @param refusedBatches the names of those that no instance may accept
     * @param said what an operator has said of plugins, and since when it was to hold
     */
    record Answers(Set<JobId> jobs, Set<BatchId> batches, Set<String> refusedBatches, List<Said> said) {}

    /** All topics, and what each projector shows of each job and batch that was acknowledged or stands on a topic. */
    static History of(Installation leat, Answers answers) throws InterruptedException, ExecutionException {
        TopicHistory topics = new TopicHistory(Installation.TOPICS, leat.bootstrapServers(), leat.registryUrl());
        List<RecordedFact> facts = topics.read();
        Transcript transcript = Transcript.of(topics, Installation.TOPICS);
        Set<JobId> jobs = Stream.concat(answers.jobs().stream(), facts.stream().map(RecordedFact::job))
                .collect(Collectors.toSet());
        Set<BatchId> batches = Stream
                .concat(answers.batches().stream(), transcript.events().stream().map(RecordedEvent::batch))
                .collect(Collectors.toSet());
        Map<String, Map<JobId, JobView>> shown = new HashMap<>();
        Map<String, Map<BatchId, BatchView>> shownBatches = new HashMap<>();
        for (Node projector : leat.nodes(Role.PROJECTOR)) {
            URI url = URI.create(projector.process().address());
            shown.put(projector.name(), shownBy(url, "jobs", jobs, JobView.class));
            shownBatches.put(projector.name(), shownBy(url, "batches", batches, BatchView.class));
        }
        return new History(answers.jobs(), facts, shown,
                new Observations(List.of(), List.of(), Set.of(), Map.of(), transcript.due(), Instant.MIN),
                new BatchRecords(answers.batches(), answers.refusedBatches(), transcript.events(),
                        transcript.notices(), shownBatches),
                transcript.plugins(answers.said(), facts));
    }

    private static <K, V> Map<K, V> shownBy(URI projector, String what, Set<K> ids, Class<V> type)
            throws InterruptedException, ExecutionException {
        Map<K, V> shown = new ConcurrentHashMap<>();
        try (LeatApi api = new LeatApi(projector);
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            List<Callable<Void>> questions = ids.stream().<Callable<Void>>map(id -> () -> {
                view(api, what + "/" + id, type).ifPresent(view -> shown.put(id, view));
                return null;
            }).toList();
            for (Future<Void> question : clients.invokeAll(questions, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                if (question.isCancelled()) {
                    throw new AssertionError("Expected %s to show %d %s within %d min, but it did not"
                            .formatted(projector, ids.size(), what, LIMIT.toMinutes()));
                }
                question.get();
            }
        }
        return shown;
    }

    private static <V> Optional<V> view(LeatApi api, String path, Class<V> type) throws IOException {
        HttpResponse<String> answer = Awaitility.await(path + " to be shown or unknown")
                .pollInSameThread()
                .atMost(PATIENCE)
                .until(() -> api.get("/internal/v1/" + path),
                        response -> response.statusCode() == 200 || response.statusCode() == 404);
        return answer.statusCode() == 200
                ? Optional.of(JSON.readValue(answer.body(), type))
                : Optional.empty();
    }
}
