package dev.leat.plugins.exec;

import dev.leat.plugin.test.JobHandlerContract;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.PluginTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The handler keeps the contract of handlers, with real commands. */
@Tag("process")
class ExecContractTest {

    @Nested
    class Run extends JobHandlerContract {

        @TempDir
        private Path folder;
        private PluginTester exec;

        @BeforeEach
        void start() throws IOException {
            Path list = Files.writeString(folder.resolve("commands.json"), """
                    {"stagingDirectory": "%s", "commands": {
                      "name": {"run": ["/bin/sh", "-c", "echo $EXEC_JOB_ID"]},
                      "copy": {"run": ["/bin/cp", "in/a", "out"]},
                      "talk": {"run": ["/bin/sh", "-c", "echo; echo two >&2; printf three"]},
                      "fail": {"run": ["/bin/sh", "-c", "echo no such thing >&2; exit 3"]},
                      "wait": {"run": ["/bin/sleep", "60"]}}}""".formatted(folder.resolve("staging")));
            exec = JobHandlerTester.of(new ExecPlugin(Map.of(ExecPlugin.COMMANDS, list.toString())));
        }

        @AfterEach
        void stop() {
            exec.close();
        }

        @Override
        protected JobHandlerTester tester() {
            return exec.type("run");
        }

        /** The first command tells the job's id, so that nobody compares the milliseconds of two runs. */
        @Override
        protected List<? extends Record> validInputs() {
            return List.of(Inputs.of("name"),
                    Inputs.withOutputs(
                            Inputs.withFiles(Inputs.of("copy"), Map.of("in/a", InputFile.of("Grüße, 世界"))), "out"),
                    Inputs.of("talk"), Inputs.of("fail"), Inputs.of("name", "an argument"), Inputs.of("rm"));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{}", "{\"command\": \"\"}", "{\"command\": \"copy\", \"outputs\": [\"../out\"]}",
                    "{\"command\": \"copy\", \"files\": {\"/in\": {\"text\": \"\"}}}",
                    "{\"command\": \"copy\", \"files\": {\"in\": {}}}",
                    "{\"command\": \"copy\", \"files\": {\"in\": {\"base64\": \"?\"}}}",
                    "{\"command\": \"copy\", \"files\": {\"in\": {\"text\": \"\"}, \"in/a\": {\"text\": \"\"}}}");
        }

        @Override
        protected Optional<? extends Record> longInput() {
            return Optional.of(Inputs.of("wait"));
        }
    }
}
