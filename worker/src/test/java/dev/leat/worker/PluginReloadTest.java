package dev.leat.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.testkit.BrokerExtension;
import dev.leat.testkit.KafkaCluster;
import dev.leat.worker.bundle.PluginJar;

/** Plugins that come, change and go while their worker runs. */
@Tag("broker")
@ExtendWith(BrokerExtension.class)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class PluginReloadTest {

    private static final int RELOADS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaCluster cluster;
    private final Path folder;
    private final RecordingPlugin builtIn = new RecordingPlugin("test");
    private final Map<String, Optional<PluginDescriptor>> announced = new ConcurrentHashMap<>();

    PluginReloadTest(KafkaCluster cluster, @TempDir Path folder) {
        this.cluster = cluster;
        this.folder = folder;
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldFollowTheFolderWhileItRuns(GroupProtocol protocol) throws Exception {
        System.clearProperty("leat.test.stopped.mill");
        try (WorkerRig rig = rig(protocol)) {
            Worker worker = rig.startWorker();
            Path jar = PluginJar.greeting("mill", "v1").moveTo(folder.resolve("mill.jar"));
            awaitAnnounced("mill", "mill:greet");
            assertThat(result(rig, rig.submit("mill:greet", "{}", Lane.NORMAL))).contains("v1 greets you");
            await().atMost(PATIENCE)
                    .until(() -> rig.heartbeat(worker).filter(beat -> beat.plugins().contains("mill")).isPresent());

            System.setProperty(PluginJar.GATE, "true");
            JobId longOne = rig.submit("mill:greet", "{\"name\":\"gate\"}", Lane.NORMAL);
            await().atMost(PATIENCE).until(() -> !rig.facts(longOne).isEmpty());
            PluginJar.plugin("mill", "farewell", "v2", "\"v2 parts with \" + input.name()", "").moveTo(jar);
            awaitAnnounced("mill", "mill:farewell");
            assertThat(result(rig, rig.submit("mill:farewell", "{}", Lane.NORMAL))).contains("v2 parts with you");
            JobId vanished = rig.submit("mill:greet", "{}", Lane.NORMAL);
            await().atMost(PATIENCE)
                    .until(() -> rig.facts(vanished).stream().anyMatch(Fact.JobRejected.class::isInstance));
            assertThat(System.getProperty("leat.test.stopped.mill")).as("stopped").isNull();
            System.clearProperty(PluginJar.GATE);
            assertThat(result(rig, longOne)).contains("v1 greets gate");
            await().atMost(PATIENCE).until(() -> "v1".equals(System.getProperty("leat.test.stopped.mill")));

            Files.delete(jar);
            await().atMost(PATIENCE).until(() -> !announces("mill", "mill:farewell"));
            JobId left = rig.submit("mill:farewell", "{}", Lane.NORMAL);
            List<JobId> others = rig.submitAll(20, "test:noop", "{}", Lane.NORMAL);
            rig.awaitAll(others, JobState.COMPLETED);
            assertThat(rig.facts(left)).isEmpty();

            PluginJar.plugin("mill", "farewell", "v3", "\"v3 parts with \" + input.name()", "").moveTo(jar);
            assertThat(result(rig, left)).contains("v3 parts with you");
        }
    }

    @Test
    void shouldAnnounceAgainWhatAnotherWorkerHasTakenBackButNotWhatItHasInAnotherVersion() throws Exception {
        try (WorkerRig rig = rig(GroupProtocol.CONSUMER)) {
            Path first = folder.resolve("first");
            Path second = folder.resolve("second");
            Path jar = PluginJar.greeting("mill", "v1").moveTo(first.resolve("mill.jar"));
            PluginJar.greeting("mill", "v1").moveTo(second.resolve("mill.jar"));
            rig.startWorker(Map.of("leat.plugins.dir", first.toString()));
            rig.startWorker(Map.of("leat.plugins.dir", second.toString()));

            PluginJar.plugin("mill", "farewell", "v2", "\"v2\"", "").moveTo(jar);
            awaitAnnounced("mill", "mill:farewell");
            await().during(Duration.ofSeconds(2)).until(() -> announces("mill", "mill:farewell"));
            Files.delete(jar);

            awaitAnnounced("mill", "mill:greet");
            assertThat(result(rig, rig.submit("mill:greet", "{}", Lane.NORMAL))).contains("v1 greets you");
        }
    }

    @Test
    void shouldPutOffAJobWhoseTypeAnotherVersionHasInsteadOfRejectingIt() throws Exception {
        try (WorkerRig rig = rig(GroupProtocol.CONSUMER)) {
            Path jar = PluginJar.greeting("rolling", "v1").moveTo(folder.resolve("rolling.jar"));
            rig.startWorker();
            awaitAnnounced("rolling", "rolling:greet");
            PluginDescriptor newer = new PluginDescriptor("rolling", announced.getOrDefault("rolling", Optional.empty())
                    .orElseThrow()
                    .jobTypes()
                    .stream()
                    .map(type -> new JobTypeDescriptor(JobTypeName.parse("rolling:farewell"), "",
                            type.defaultLane(), type.policy(), type.inputSchema(), type.resultSchema()))
                    .toList());
            rig.send(rig.topics().plugins(), "rolling".getBytes(UTF_8),
                    rig.codecs().plugins().encode(rig.topics().plugins(), newer));

            JobId job = rig.submit("rolling:farewell", "{}", Lane.NORMAL);
            await().atMost(PATIENCE)
                    .until(() -> rig.facts(job).stream().anyMatch(Fact.AttemptSnoozed.class::isInstance));
            PluginJar.plugin("rolling", "farewell", "v2", "\"v2 parts with \" + input.name()", "").moveTo(jar);
            await().atMost(PATIENCE).until(() -> "v1".equals(System.getProperty("leat.test.stopped.rolling")));

            assertThat(rig.facts(job)).noneMatch(Fact.JobRejected.class::isInstance);
            assertThat(result(rig, rig.submit("rolling:farewell", "{}", Lane.NORMAL))).contains("v2 parts with you");
        }
    }

    @Test
    void shouldKeepNothingOfReplacedVersionsWhoseJobsHaveRun() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
        System.getProperties().put("leat.test.loaders", loaders);
        try (WorkerRig rig = rig(GroupProtocol.CONSUMER)) {
            rig.startWorker(Map.of("leat.plugins.interval", "50ms"));
            byte[][] versions = {leaving("v0"), leaving("v1")};
            for (int reload = 0; reload < RELOADS; reload++) {
                String version = "v" + reload % 2;
                PluginJar.move(versions[reload % 2], folder.resolve("leaving.jar"));
                awaitAnnounced("leaving", "leaving:" + version);
                assertThat(result(rig, rig.submit("leaving:" + version, "{}", Lane.NORMAL))).contains(version);
            }

            await().atMost(PATIENCE).untilAsserted(() -> {
                System.gc();
                // The last one is hosted.
                assertThat(loaders).hasSize(RELOADS);
                assertThat(loaders.subList(0, RELOADS - 1))
                        .allSatisfy(loader -> assertThat(loader.refersTo(null)).isTrue());
            });
        } finally {
            System.getProperties().remove("leat.test.loaders");
        }
    }

    /** A plugin that leaves a weak reference to its class loader behind. */
    private static byte[] leaving(String version) throws IOException {
        return PluginJar.plugin("leaving", version, version, "\"" + version + "\"", """
                @SuppressWarnings("unchecked")
                var loaders = (List<Object>) System.getProperties().get("leat.test.loaders");
                loaders.add(new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
                """).bytes();
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void shouldWaitForItsFirstPluginAndOutliveItsLast(GroupProtocol protocol) throws Exception {
        try (WorkerRig rig = rig(protocol, new RecordingPlugin[0])) {
            Worker worker = rig.startWorker();
            Path jar = folder.resolve("only.jar");
            for (String version : List.of("v1", "v2")) {
                PluginJar.plugin("only", version, version, "\"" + version + "\"", "").moveTo(jar);
                awaitAnnounced("only", "only:" + version);
                assertThat(result(rig, rig.submit("only:" + version, "{}", Lane.NORMAL))).contains(version);

                Files.delete(jar);
                await().atMost(PATIENCE).until(() -> !announces("only", "only:" + version));
                assertThat(worker.isReady()).isTrue();
            }
        }
    }

    @Test
    void shouldStartWithAFolderWhosePluginsAreWrong() throws Exception {
        Files.writeString(folder.resolve("broken.jar"), "no jar");
        PluginJar.greeting("test", "v1").moveTo(folder.resolve("taken.jar"));
        try (WorkerRig rig = rig(GroupProtocol.CONSUMER)) {
            rig.startWorker();

            rig.awaitJob(rig.submit("test:noop", "{}", Lane.NORMAL), job -> job.state() == JobState.COMPLETED);
        }
    }

    private WorkerRig rig(GroupProtocol protocol) throws InterruptedException {
        return rig(protocol, builtIn);
    }

    private WorkerRig rig(GroupProtocol protocol, RecordingPlugin... classPath) throws InterruptedException {
        WorkerRig rig = new WorkerRig(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), cluster.newPrefix(),
                Map.of("leat.worker.group.protocol", protocol.name().toLowerCase(Locale.ROOT),
                        "leat.plugins.dir", folder.toString(), "leat.plugins.interval", "100ms",
                        "leat.worker.heartbeat.interval", "100ms"),
                classPath);
        rig.tail(rig.topics().plugins(), source -> announced.put(new String(source.key(), UTF_8),
                source.value() == null
                        ? Optional.empty()
                        : rig.codecs().plugins().decode(source.topic(), source.value())));
        return rig;
    }

    private void awaitAnnounced(String plugin, String type) {
        await("announcement of " + type).atMost(PATIENCE).until(() -> announces(plugin, type));
    }

    private boolean announces(String plugin, String type) {
        return announced.getOrDefault(plugin, Optional.empty())
                .filter(descriptor -> descriptor.jobTypes().stream()
                        .anyMatch(has -> has.type().toString().equals(type)))
                .isPresent();
    }

    private static String result(WorkerRig rig, JobId job) {
        await("result of " + job).atMost(PATIENCE)
                .until(() -> rig.facts(job).stream().anyMatch(Fact.AttemptSucceeded.class::isInstance));
        return rig.facts(job)
                .stream()
                .filter(Fact.AttemptSucceeded.class::isInstance)
                .map(fact -> ((Fact.AttemptSucceeded) fact).result().toString())
                .findFirst()
                .orElseThrow();
    }
}
