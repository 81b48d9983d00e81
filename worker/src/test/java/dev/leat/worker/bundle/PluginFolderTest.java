package dev.leat.worker.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.PluginContext;
import dev.leat.plugin.PluginState;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.runtime.kafka.BrokerUnavailableException;
import dev.leat.runtime.kafka.TopicSetupException;
import dev.leat.worker.RecordingPlugin;
import dev.leat.worker.plugin.BoundJob;
import dev.leat.worker.plugin.HostedJobType;
import dev.leat.worker.plugin.HostedPlugin;
import dev.leat.worker.plugin.PluginCatalog;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class PluginFolderTest {

    private static final Duration PACE = Duration.ofMillis(20);
    private static final int RELOADS = 100;

    private final Path folder;
    private final PluginHost host = new PluginHost(
            PluginCatalog.of(List.of(new RecordingPlugin("built-in")), new ParamsValidator()));
    private final List<String> provisioned = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch kafkaAnswers = new CountDownLatch(0);
    private volatile Optional<RuntimeException> kafkaSays = Optional.empty();
    private final PluginFolder plugins;

    PluginFolderTest(@TempDir Path folder) {
        this.folder = folder;
        this.plugins = new PluginFolder(folder, host, this::provision, loader(), PACE);
    }

    /** These plugins want nothing of their surroundings. */
    private static BundleLoader loader() {
        return new BundleLoader(new ParamsValidator(), (plugin, _) -> new PluginContext() {
            @Override
            public String pluginId() {
                return plugin;
            }

            @Override
            public PluginState state() {
                throw new UnsupportedOperationException("state");
            }

            @Override
            public InstantSource clock() {
                return InstantSource.system();
            }
        });
    }

    private void provision(Collection<String> ids) throws InterruptedException {
        provisioned.addAll(ids);
        kafkaAnswers.await();
        kafkaSays.ifPresent(no -> {
            throw no;
        });
    }

    @AfterEach
    void close() throws InterruptedException {
        plugins.close();
    }

    @Test
    void shouldHostWhatIsThereAtTheStartBesideTheClassPath() throws Exception {
        PluginJar.greeting("mill", "v1").moveTo(folder.resolve("mill.jar"));

        plugins.start();

        assertThat(hosted()).containsExactly("built-in", "mill");
        assertThat(provisioned).containsExactly("mill");
        assertThat(run("mill:greet", "{\"name\":\"Ada\"}")).contains("\"v1 greets Ada\"");
    }

    @Test
    void shouldFollowAJarThatIsDroppedInReplacedAndRemoved() throws Exception {
        plugins.start();
        assertThat(hosted()).containsExactly("built-in");

        PluginJar.greeting("mill", "v1").moveTo(folder.resolve("mill.jar"));
        await().untilAsserted(() -> assertThat(run("mill:greet", "{}")).contains("v1 greets you"));
        PluginJar.greeting("mill", "v2").moveTo(folder.resolve("mill.jar"));
        await().untilAsserted(() -> assertThat(run("mill:greet", "{}")).contains("v2 greets you"));
        Files.delete(folder.resolve("mill.jar"));

        await().until(() -> hosted().equals(List.of("built-in")));
        await().until(() -> "v2".equals(System.getProperty("leat.test.stopped.mill")));
    }

    @Test
    void shouldRunTwoVersionsOfOneLibrarySideBySide() throws Exception {
        for (String version : List.of("1", "2")) {
            Path library = new PluginJar().source("org.lib.Lib",
                    "package org.lib; public class Lib { public static String version() { return \"lib " + version
                            + "\"; } }")
                    .moveTo(folder.resolve("mill-" + version).resolve("lib.jar"));
            PluginJar.plugin("mill-" + version, "which", version, "org.lib.Lib.version()", "")
                    .library(library)
                    .moveTo(folder.resolve("mill-" + version).resolve("plugin.jar"));
        }

        plugins.start();

        assertThat(run("mill-1:which", "{}")).contains("\"lib 1\"").contains("\"leat-plugin-mill-1\"");
        assertThat(run("mill-2:which", "{}")).contains("\"lib 2\"").contains("\"leat-plugin-mill-2\"");
    }

    @Test
    void shouldShowThePluginApiAndNothingElseOfLeat() throws Exception {
        assertThat(ObjectMapper.class).as("on Leat's own class path").isNotNull();
        visible("jackson", "com.fasterxml.jackson.databind.ObjectMapper");
        visible("kafka", "org.apache.kafka.clients.producer.Producer");
        visible("worker", "dev.leat.worker.Worker");
        visible("domain", "dev.leat.domain.Job");
        visible("api", "dev.leat.plugin.JobContext");
        visible("constraints", "jakarta.validation.constraints.Min");
        visible("slf4j", "org.slf4j.Logger");
        visible("jdk", "java.sql.Connection");

        plugins.start();

        for (String hidden : List.of("jackson", "kafka", "worker", "domain")) {
            assertThat(run(hidden + ":sees", "{}")).as(hidden).contains("ClassNotFoundException");
        }
        for (String shown : List.of("api", "constraints", "slf4j", "jdk")) {
            assertThat(run(shown + ":sees", "{}")).as(shown).contains("\"class ").doesNotContain("Exception");
        }
        assertThat(run("api:sees", "{}")).contains("0 services");
    }

    private void visible(String id, String className) throws IOException {
        PluginJar.plugin(id, "sees", "1", "Looking.at(\"" + className + "\")", "").source("org.example.Looking", """
                package org.example;

                final class Looking {
                    static String at(String name) {
                        try {
                            return "class " + Class.forName(name).getSimpleName() + ", " + others() + " services";
                        } catch (Exception e) {
                            return e.toString();
                        }
                    }

                    private static long others() {
                        return java.util.ServiceLoader.load(dev.leat.plugin.Plugin.class).stream()
                                .filter(found -> !found.type().getName().startsWith("org.example.")).count();
                    }
                }
                """).moveTo(folder.resolve(id + ".jar"));
    }

    @Test
    void shouldSkipWhatIsWrongAndHostTheRest() throws Exception {
        new PluginJar().resource("readme.txt", "no service".getBytes(StandardCharsets.UTF_8))
                .moveTo(folder.resolve("no-service.jar"));
        new PluginJar().service("org.example.Missing").moveTo(folder.resolve("no-class.jar"));
        PluginJar.greeting("Not An Id", "1").moveTo(folder.resolve("bad-id.jar"));
        PluginJar.greeting("built-in", "1").moveTo(folder.resolve("taken.jar"));
        PluginJar.plugin("unwilling", "greet", "1", "\"\"", "throw new java.io.IOException(\"no port\");")
                .moveTo(folder.resolve("unwilling.jar"));
        PluginJar.plugin("broken", "greet", "1", "\"\"", "throw new NoClassDefFoundError(\"org/example/Gone\");")
                .moveTo(folder.resolve("broken.jar"));
        byte[] whole = PluginJar.greeting("half", "1").bytes();
        Files.write(folder.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(folder.resolve("notes.txt"), "no plugin");
        PluginJar.greeting("mill", "v1").moveTo(folder.resolve("mill.jar"));

        plugins.start();

        assertThat(hosted()).containsExactly("built-in", "mill");
        assertThat(run("mill:greet", "{}")).contains("v1");
    }

    @Test
    void shouldTryAgainWhatWasWrongWhenItChanges() throws Exception {
        byte[] whole = PluginJar.greeting("half", "v1").bytes();
        Files.write(folder.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));
        plugins.start();
        assertThat(hosted()).containsExactly("built-in");

        Files.write(folder.resolve("half.jar"), whole);

        await().untilAsserted(() -> assertThat(run("half:greet", "{}")).contains("v1"));
    }

    @Test
    void shouldKeepTheOldVersionWhereTheNewOneIsWrong() throws Exception {
        PluginJar.greeting("mill", "v1").moveTo(folder.resolve("mill.jar"));
        PluginJar.greeting("other", "v1").moveTo(folder.resolve("other.jar"));
        plugins.start();

        PluginJar.plugin("mill", "greet", "v2", "\"v2\"", "throw new IllegalStateException(\"no port\");")
                .moveTo(folder.resolve("mill.jar"));
        PluginJar.greeting("later", "v1").moveTo(folder.resolve("later.jar"));
        await().until(() -> hosted().contains("later"));

        assertThat(hosted()).containsExactly("built-in", "mill", "other", "later");
        assertThat(run("mill:greet", "{}")).contains("v1");
    }

    @Test
    void shouldHandAPluginIdOverFromOneJarToTheNextWithoutAGap() throws Exception {
        PluginJar.greeting("mill", "v1").moveTo(folder.resolve("mill-1.0.jar"));
        plugins.start();
        List<List<String>> changes = new CopyOnWriteArrayList<>();
        host.onChange(() -> changes.add(hosted()));
        byte[] next = PluginJar.greeting("mill", "v2").bytes();

        // Nobody looks into the folder while the lanes of another plugin are awaited.
        kafkaAnswers = new CountDownLatch(1);
        PluginJar.greeting("other", "v1").moveTo(folder.resolve("other.jar"));
        await().until(() -> provisioned.contains("other"));
        PluginJar.move(next, folder.resolve("mill-1.1.jar"));
        Files.delete(folder.resolve("mill-1.0.jar"));
        kafkaAnswers.countDown();

        await().untilAsserted(() -> assertThat(run("mill:greet", "{}")).contains("v2"));
        assertThat(changes).hasSizeGreaterThan(1).allSatisfy(hosted -> assertThat(hosted).contains("built-in", "mill"));
    }

    @Test
    void shouldGiveAnIdToTheNextBundleWhenTheFirstOneGoes() throws Exception {
        PluginJar.greeting("mill", "first").moveTo(folder.resolve("a.jar"));
        PluginJar.greeting("mill", "second").moveTo(folder.resolve("b.jar"));
        plugins.start();
        assertThat(run("mill:greet", "{}")).contains("first");

        Files.delete(folder.resolve("a.jar"));

        await().untilAsserted(() -> assertThat(run("mill:greet", "{}")).contains("second"));
    }

    @Test
    void shouldTryAgainWhenKafkaAnswers() throws Exception {
        kafkaSays = Optional.of(new BrokerUnavailableException("no broker", new IOException("away")));
        PluginJar.greeting("mill", "v1").moveTo(folder.resolve("mill.jar"));
        plugins.start();
        assertThat(hosted()).containsExactly("built-in");

        kafkaSays = Optional.empty();

        await().until(() -> hosted().contains("mill"));
    }

    @Test
    void shouldRefuseABundleOnceWhoseLanesAreOfNoUse() throws Exception {
        kafkaSays = Optional.of(new TopicSetupException("other partitions"));
        PluginJar.greeting("unlucky", "v1").moveTo(folder.resolve("unlucky.jar"));
        plugins.start();
        kafkaSays = Optional.empty();
        PluginJar.greeting("later", "v1").moveTo(folder.resolve("later.jar"));
        await().until(() -> hosted().contains("later"));

        assertThat(provisioned).containsExactly("unlucky", "later");
        assertThat(hosted()).containsExactly("built-in", "later");
        assertThat(System.getProperty("leat.test.stopped.unlucky")).isEqualTo("v1");
    }

    @Test
    void shouldKeepThePluginsWhereTheFolderCannotBeRead() throws Exception {
        PluginJar.greeting("mill", "v1").moveTo(folder.resolve("in/mill.jar"));
        PluginFolder inner = new PluginFolder(folder.resolve("in"), host, this::provision, loader(), PACE);
        inner.start();
        Files.move(folder.resolve("in"), folder.resolve("unmounted"));
        await().during(PACE.multipliedBy(10)).until(() -> hosted().contains("mill"));

        Files.move(folder.resolve("unmounted"), folder.resolve("in"));
        PluginJar.greeting("mill", "v2").moveTo(folder.resolve("in/mill.jar"));

        await().untilAsserted(() -> assertThat(run("mill:greet", "{}")).contains("v2"));
        inner.close();
    }

    @Test
    void shouldStopAReplacedVersionWhenItsLastUserHasEnded() throws Exception {
        PluginJar.greeting("kept", "v1").moveTo(folder.resolve("kept.jar"));
        plugins.start();
        BoundJob running = bind("kept:greet", "{}");
        running.hold();

        PluginJar.greeting("kept", "v2").moveTo(folder.resolve("kept.jar"));
        await().untilAsserted(() -> assertThat(run("kept:greet", "{}")).contains("v2"));

        assertThat(System.getProperty("leat.test.stopped.kept")).isNull();
        assertThat(result(running)).contains("v1");
        running.release();
        await().until(() -> "v1".equals(System.getProperty("leat.test.stopped.kept")));
    }

    @Test
    void shouldLetGoOfEveryClassLoaderOverManyReloads() throws Exception {
        byte[][] versions = {PluginJar.greeting("mill", "v0").bytes(), PluginJar.greeting("mill", "v1").bytes()};
        Path jar = PluginJar.move(versions[0], folder.resolve("mill.jar"));
        plugins.start();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int reload = 1; reload <= RELOADS; reload++) {
            loaders.add(new WeakReference<>(realmOf("mill")));
            String version = "v" + reload % 2;
            PluginJar.move(versions[reload % 2], jar);
            await().pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> assertThat(runOnThreadOfItsOwn("mill:greet")).contains(version));
        }

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            System.gc();
            assertThat(loaders).hasSize(RELOADS).allSatisfy(loader -> assertThat(loader.refersTo(null)).isTrue());
        });
    }

    private ClassLoader realmOf(String plugin) {
        return host.current()
                .plugins()
                .stream()
                .filter(hosted -> hosted.id().equals(plugin))
                .map(hosted -> hosted.realm().loader())
                .findFirst()
                .orElseThrow();
    }

    private String runOnThreadOfItsOwn(String type) throws InterruptedException {
        List<String> results = new ArrayList<>();
        Thread.ofVirtual().start(() -> {
            try {
                results.add(run(type, "{\"name\":\"Ada\"}"));
            } catch (Exception e) {
                results.add(e.toString());
            }
        }).join();
        return results.getFirst();
    }

    private List<String> hosted() {
        return host.current().plugins().stream().map(HostedPlugin::id).toList();
    }

    private BoundJob bind(String type, String params) throws Exception {
        return host.current().find(JobTypeName.parse(type)).orElseThrow().bind(new Json(params));
    }

    private String run(String type, String params) throws Exception {
        try (PluginHost.Hold hold = host.hold()) {
            Optional<HostedJobType> hosted = hold.catalog().find(JobTypeName.parse(type));
            return hosted.isPresent() ? result(hosted.get().bind(new Json(params))) : "not hosted";
        }
    }

    private static String result(BoundJob job) throws Exception {
        JobOutcome<Json> outcome = job.run(noContext());
        return outcome instanceof JobOutcome.Succeeded<Json>(Json result) ? result.value() : outcome.toString();
    }

    /** The handlers of these tests do not look at it. */
    private static JobContext noContext() {
        return (JobContext) Proxy.newProxyInstance(JobContext.class.getClassLoader(), new Class<?>[]{JobContext.class},
                (_, method, _) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
