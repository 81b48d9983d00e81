package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.PluginTester;
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
    void shouldRunNothingWithoutAList() {
        ExecPlugin plugin = new ExecPlugin(Map.of());

        assertThat(plugin.jobTypes().getFirst().description())
                .isEqualTo("Runs commands that the operator of the workers allows, of which there are none.");
        try (PluginTester exec = JobHandlerTester.of(plugin)) {
            assertThat(exec.type("run").run(Inputs.of("echo")).outcome()).isEqualTo(JobOutcome.notRetryable(
                    "Expected a command that the operator of this worker allows, but none is allowed: EXEC_COMMANDS has to name a list"));
        }
    }

    @Test
    void shouldRunWhatTheListAllows(@TempDir Path folder) throws Exception {
        Path staging = folder.resolve("staging");
        Path list = Files.writeString(folder.resolve("commands.json"), """
                {"stagingDirectory": "%s", "commands": {
                  "say": {"run": ["/bin/echo", "-n"], "arguments": {"max": 1, "pattern": "\\\\w+"}, "timeout": "PT1H"},
                  "list": {"run": ["/bin/ls"]}}}""".formatted(staging));
        ExecPlugin plugin = new ExecPlugin(Map.of(ExecPlugin.COMMANDS, list.toString()));

        JobType<?, ?> type = plugin.jobTypes().getFirst();
        assertThat(type.description()).isEqualTo("Runs a command that the operator of the workers allows: list, say.");
        assertThat(type.policy().timeout()).isGreaterThan(Duration.ofHours(1));
        try (PluginTester exec = JobHandlerTester.of(plugin)) {
            assertThat(exec.type("run").run(Inputs.of("say", "hello")).result(ExecResult.class).stdout())
                    .isEqualTo("hello");
        }
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void shouldNotLoadWithAListThatCannotBeUsed(@TempDir Path folder) {
        String file = folder.resolve("none.json").toString();

        assertThatIllegalArgumentException().isThrownBy(() -> new ExecPlugin(Map.of(ExecPlugin.COMMANDS, file)))
                .withMessageContaining(file);
    }
}
