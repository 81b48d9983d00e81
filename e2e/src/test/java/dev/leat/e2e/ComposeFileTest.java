package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.leat.projector.ProjectorOptions;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.runtime.settings.SettingsLoader;
import dev.leat.submit.ApiOptions;
import dev.leat.worker.WorkerOptions;

/** The compose file without a Docker daemon: what of it can be checked where it does not run. */
class ComposeFileTest {

    private static final List<String> ROLES = List.of("api", "worker", "projector");

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void shouldFollowTheComposeSpecification() throws Exception {
        List<String> command = new ArrayList<>(composeTool()
                .orElseGet(() -> abort("Expected docker-compose or docker on the PATH to check docker-compose.yml with;"
                        + " on Debian and Ubuntu: apt-get install docker-compose")));
        command.addAll(List.of("-f", ComposeFile.PATH.toString(), "config", "-q"));

        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(check.exitValue()).as(output).isZero();
    }

    @Test
    void shouldStartOneApiTwoWorkersTwoProjectors() {
        assertThat(compose.running("api")).hasSize(1);
        assertThat(compose.running("worker")).hasSize(2);
        assertThat(compose.running("projector")).hasSize(2);
    }

    @Test
    void shouldSetOnlyOptionsThatExistToValuesThatTheyTake() {
        OptionCatalog options = OptionCatalog.of(ServiceOptions.class, ApiOptions.class, WorkerOptions.class,
                ProjectorOptions.class);

        assertThat(ROLES.stream().flatMap(role -> compose.running(role).stream())).allSatisfy(name -> {
            Settings settings = new SettingsLoader(options).environment(compose.environment(name)).load();
            assertThat(settings.get(ServiceOptions.BOOTSTRAP_SERVERS)).containsExactly("broker:9092");
        });
    }

    @Test
    void shouldPublishOnlyTheApiAndOnlyOnLoopback() {
        List<String> published = compose.names()
                .stream()
                .filter(name -> !compose.value(name, "ports").isEmpty())
                .toList();

        assertThat(published).isEqualTo(compose.running("api"));
        assertThat(compose.value("api", "ports")).matches("\\[127\\.0\\.0\\.1:[^,]*]");
    }

    @Test
    void shouldGiveWorkersTimeToDrain() {
        assertThat(compose.running("worker")).allSatisfy(worker -> {
            Duration drain = Duration.parse("PT" + compose.environment(worker).get("LEAT_WORKER_DRAIN_TIMEOUT"));
            Duration grace = Duration.parse("PT" + compose.value(worker, "stop_grace_period"));
            assertThat(grace).isGreaterThanOrEqualTo(drain.plusSeconds(10));
        });
    }

    @Test
    void shouldWatchTheHealthOfEveryService() {
        assertThat(compose.names())
                .allSatisfy(name -> assertThat(compose.value(name, "healthcheck")).contains("test="));
    }

    @Test
    void shouldCheckReadinessByTheScriptOfTheImage() {
        Path script = Path.of("..", "launcher", "src", "main", "jib", "usr", "local", "bin", "leat-ready");

        assertThat(script).isExecutable();
        assertThat(List.of("api", "worker-1", "projector-1"))
                .allSatisfy(name -> assertThat(compose.value(name, "healthcheck")).contains("[CMD, leat-ready, "));
    }

    private static Optional<List<String>> composeTool() {
        if (isOnPath("docker-compose")) {
            return Optional.of(List.of("docker-compose"));
        }
        return isOnPath("docker") && succeeds("docker", "compose", "version")
                ? Optional.of(List.of("docker", "compose"))
                : Optional.empty();
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
