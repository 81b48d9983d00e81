package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecPluginTest {

    @Test
    void shouldBeFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).singleElement().satisfies(plugin -> {
            assertThat(plugin.id()).isEqualTo("exec");
            assertThat(plugin.jobTypes()).extracting(JobType::name).containsExactly("run");
        });
    }

    @Test
    void shouldRunNothingWithoutAList() throws Exception {
        ExecPlugin plugin = new ExecPlugin(Map.of());
        plugin.start();

        assertThat(plugin.jobTypes().getFirst().description())
                .isEqualTo("Runs commands that the operator of the workers allows, of which there are none.");
        assertThat(run(plugin, Inputs.of("echo"))).isEqualTo(JobOutcome.notRetryable(
                "Expected a command that the operator of this worker allows, but none is allowed: EXEC_COMMANDS has to name a list"));
        plugin.stop();
    }

    @Test
    void shouldRunWhatTheListAllows(@TempDir Path folder) throws Exception {
        Path staging = folder.resolve("staging");
        Path list = Files.writeString(folder.resolve("commands.json"), """
                {"stagingDirectory": "%s", "commands": {
                  "say": {"run": ["/bin/echo", "-n"], "arguments": {"max": 1, "pattern": "\\\\w+"}, "timeout": "PT1H"},
                  "list": {"run": ["/bin/ls"]}}}""".formatted(staging));
        ExecPlugin plugin = new ExecPlugin(Map.of(ExecPlugin.COMMANDS, list.toString()));
        plugin.start();

        JobType<?, ?> type = plugin.jobTypes().getFirst();
        assertThat(type.description()).isEqualTo("Runs a command that the operator of the workers allows: list, say.");
        assertThat(type.policy().timeout()).isGreaterThan(Duration.ofHours(1));
        assertThat(run(plugin, Inputs.of("say", "hello"))).isInstanceOfSatisfying(JobOutcome.Succeeded.class,
                succeeded -> assertThat(succeeded.result()).extracting("stdout").isEqualTo("hello"));
        plugin.stop();
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void shouldNotLoadWithAListThatCannotBeUsed(@TempDir Path folder) {
        String file = folder.resolve("none.json").toString();

        assertThatIllegalArgumentException().isThrownBy(() -> new ExecPlugin(Map.of(ExecPlugin.COMMANDS, file)))
                .withMessageContaining(file);
    }

    @SuppressWarnings("unchecked") // The list of job types does not know their inputs; this test does.
    private static JobOutcome<ExecResult> run(ExecPlugin plugin, ExecInput input) throws Exception {
        return ((JobType<ExecInput, ExecResult>) plugin.jobTypes().getFirst()).handler().run(input,
                new RecordingContext());
    }
}
