package dev.leat.e2e.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
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

import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;

import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.e2e.LeatApi;
import dev.leat.e2e.TopicHistory;
import dev.leat.runtime.json.LeatJson;
import dev.leat.testkit.guarantees.History;
import dev.leat.testkit.guarantees.History.RecordedFact;

/** Asks an installation in which nothing moves any more for all that happened in it. */
final class Recording {

    private static final ObjectMapper JSON = LeatJson.newMapper();
    private static final int CLIENTS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private Recording() {}

    /** The facts of all topics, and what each projector shows of each job that was acknowledged or stands on a topic. */
    static History of(Installation leat, Set<JobId> acknowledged) throws InterruptedException, ExecutionException {
        List<RecordedFact> facts = new TopicHistory(Installation.TOPICS, leat.bootstrapServers(), leat.registryUrl())
                .read();
        Set<JobId> jobs = Stream.concat(acknowledged.stream(), facts.stream().map(RecordedFact::job))
                .collect(Collectors.toSet());
        Map<String, Map<JobId, JobView>> shown = new HashMap<>();
        for (Node projector : leat.nodes(Role.PROJECTOR)) {
            shown.put(projector.name(), shownBy(URI.create(projector.process().address()), jobs));
        }
        return new History(acknowledged, facts, shown);
    }

    private static Map<JobId, JobView> shownBy(URI projector, Set<JobId> jobs)
            throws InterruptedException, ExecutionException {
        Map<JobId, JobView> shown = new ConcurrentHashMap<>();
        try (LeatApi api = new LeatApi(projector);
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            List<Callable<Void>> questions = jobs.stream().<Callable<Void>>map(job -> () -> {
                view(api, job).ifPresent(view -> shown.put(job, view));
                return null;
            }).toList();
            for (Future<Void> question : clients.invokeAll(questions, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                if (question.isCancelled()) {
                    throw new AssertionError("Expected %s to show %d jobs within %d min, but it did not"
                            .formatted(projector, jobs.size(), LIMIT.toMinutes()));
                }
                question.get();
            }
        }
        return shown;
    }

    private static Optional<JobView> view(LeatApi api, JobId job) throws IOException {
        HttpResponse<String> answer = Awaitility.await("job " + job + " to be shown or unknown")
                .pollInSameThread()
                .atMost(PATIENCE)
                .until(() -> api.get("/internal/v1/jobs/" + job),
                        response -> response.statusCode() == 200 || response.statusCode() == 404);
        return answer.statusCode() == 200
                ? Optional.of(JSON.readValue(answer.body(), JobView.class))
                : Optional.empty();
    }
}
