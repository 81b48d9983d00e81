package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobView;
import dev.leat.runtime.json.LeatJson;
import dev.leat.schemas.Topics;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.testkit.guarantees.Guarantee;
import dev.leat.testkit.guarantees.History;

/** Real processes, one API, two workers, two projectors; one of each stopped by SIGTERM and started again under load. */
@Tag("process")
@ExtendWith(BrokerExtension.class)
class RestartsUnderLoadTest {

    private static final int JOBS = 10_000;
    private static final int CLIENTS = 16;
    private static final ObjectMapper JSON = LeatJson.newMapper();

    @TempDir
    Path folder;

    @Test
    void shouldCompleteEveryJobOnceWhenAWorkerAndAProjectorAreRestarted(KafkaCluster cluster) throws Exception {
        String prefix = cluster.newPrefix();
        try (LeatProcess firstProjector = start(cluster, prefix, "projector", "projector-1");
                LeatProcess secondProjector = start(cluster, prefix, "projector", "projector-2");
                LeatProcess firstWorker = start(cluster, prefix, "worker", "worker-1");
                LeatProcess secondWorker = start(cluster, prefix, "worker", "worker-2");
                LeatProcess gateway = start(cluster, prefix, "api", "api", "--projectors",
                        firstProjector.url() + "," + secondProjector.url());
                LeatApi api = new LeatApi(gateway.url())) {
            Set<JobId> accepted = ConcurrentHashMap.newKeySet();
            try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
                List<Future<?>> submissions = new ArrayList<>();
                for (int i = 0; i < JOBS; i++) {
                    submissions.add(clients.submit(() -> accepted.add(JobId.parse(api.submit(anyJob())))));
                }
                submissions.get(JOBS / 4).get();
                firstWorker.restart();
                submissions.get(JOBS / 2).get();
                firstProjector.restart();
                for (Future<?> submission : submissions) {
                    submission.get();
                }
            }
            awaitCompleted(api);

            TopicHistory topics = new TopicHistory(new Topics(prefix), cluster.bootstrapServers(),
                    cluster.schemaRegistryUrl());
            Map<JobId, JobView> shownByFirst = shownBy(firstProjector.url(), accepted);
            Map<JobId, JobView> shownBySecond = shownBy(secondProjector.url(), accepted);
            assertThat(accepted).hasSize(JOBS);
            assertThat(shownByFirst.values()).allMatch(job -> job.status().equals(JobState.COMPLETED.wireName()));
            Guarantee.assertAllKept(new History(accepted, topics.read(),
                    Map.of("the first projector", shownByFirst, "the second projector", shownBySecond)));
            assertThat(shownByFirst.values().stream().flatMap(job -> job.worker().stream()).distinct())
                    .as("the first worker before and after its restart, and " + secondWorker.url())
                    .hasSize(3);
        }
    }

    private LeatProcess start(KafkaCluster cluster, String prefix, String role, String name, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(role, "--bootstrap-servers", cluster.bootstrapServers(),
                "--schema-registry", cluster.schemaRegistryUrl(), "--port", "0", "--set",
                "leat.topic.prefix=" + prefix, "--set", "leat.partitions=4"));
        arguments.addAll(List.of(more));
        if (role.equals("projector")) {
            arguments.addAll(List.of("--state", folder.resolve(name).toString()));
        }
        return LeatProcess.start(folder, name, arguments.toArray(String[]::new));
    }

    private static String anyJob() {
        return """
                {"type":"demo:noop","tags":["load"]}""";
    }

    private static void awaitCompleted(LeatApi api) {
        Awaitility.await("all jobs to be completed")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> api.json("/api/v1/stats").at("/jobs/completed").asInt() == JOBS);
    }

    /** Asks one projector for every job: half of them belong to the other one. */
    private static Map<JobId, JobView> shownBy(URI projector, Set<JobId> jobs) throws Exception {
        Map<JobId, Future<JobView>> answers = new HashMap<>();
        try (LeatApi api = new LeatApi(projector);
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            for (JobId job : jobs) {
                answers.put(job, clients.submit(
                        () -> JSON.readValue(api.get("/internal/v1/jobs/" + job).body(), JobView.class)));
            }
            Map<JobId, JobView> shown = new HashMap<>();
            for (Map.Entry<JobId, Future<JobView>> answer : answers.entrySet()) {
                shown.put(answer.getKey(), answer.getValue().get());
            }
            return shown;
        }
    }
}
