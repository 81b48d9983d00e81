package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AllowListFileTest {

    @Test
    void shouldReadAWholeEntry() {
        AllowList list = AllowListFile.parse("""
                {"stagingDirectory": "/var/tmp/leat",
                 "commands": {"copy": {
                   "run": ["/bin/cp", "-r"],
                   "arguments": {"max": 2, "pattern": "[a-z]+"},
                   "environment": {"LC_ALL": "C"},
                   "jobEnvironment": ["MODE"],
                   "timeout": "PT2M", "outputBytes": 1, "inputBytes": 2, "resultFileBytes": 3,
                   "successExitCodes": [0, 1], "otherExitCodes": "FAIL"}}}""");

        assertThat(list.stagingDirectory()).contains(Path.of("/var/tmp/leat"));
        assertThat(list.longestTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(list.find("copy")).hasValueSatisfying(command -> {
            assertThat(command.run()).containsExactly("/bin/cp", "-r");
            assertThat(command.arguments().max()).isEqualTo(2);
            assertThat(command.arguments().form().pattern()).isEqualTo("[a-z]+");
            assertThat(command.environment()).isEqualTo(Map.of("LC_ALL", "C"));
            assertThat(command.jobEnvironment()).containsExactly("MODE");
            assertThat(command.limits()).isEqualTo(new CommandLimits(Duration.ofMinutes(2), 1, 2, 3));
            assertThat(command.exitCodes()).isEqualTo(new ExitCodes(Set.of(0, 1), ExitCodes.Other.FAIL));
        });
    }

    @Test
    void shouldAllowNoArgumentsAndNoVariablesUnlessTheEntrySaysSo() {
        AllowList list = AllowListFile.parse("""
                {"commands": {"copy": {"run": ["/bin/cp"]}}}""");

        assertThat(list.find("copy")).contains(new AllowedCommand("copy", List.of("/bin/cp"), ArgumentRule.NONE,
                Map.of(), Set.of(), CommandLimits.DEFAULT, ExitCodes.DEFAULT));
        assertThat(list.find("cp")).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(arguments("not JSON", "Expected a list of commands in JSON, but: Unrecognized token"),
                arguments("{\"comands\": {}}", "Unrecognized field \"comands\""),
                arguments("{\"commands\": {\"a\": {\"run\": [\"/bin/cp\"], \"shell\": true}}}",
                        "Unrecognized field \"shell\""),
                arguments("{\"commands\": {\"a\": {\"run\": [\"/bin/cp\"]}, \"a\": {\"run\": [\"/bin/ls\"]}}}",
                        "Duplicate field 'a'"),
                arguments("{\"commands\": {\"a\": {\"run\": [\"cp\"]}}}",
                        "Expected command 'a' to be usable, but: Expected an absolute path, but got 'cp'"),
                arguments("{\"commands\": {\"a\": {\"run\": [\"/bin/no-such\"]}}}",
                        "Expected a program that can be run, but /bin/no-such is none"),
                arguments("{\"commands\": {\"a\": {\"run\": [\"/bin\"]}}}",
                        "Expected a program that can be run, but /bin is none"),
                arguments("{\"commands\": {\"a\": {}}}", "Expected 'run' to be a program and its first arguments"),
                arguments("{\"commands\": {\"a\": null}}", "null"),
                arguments("{\"commands\": {\"a b\": {\"run\": [\"/bin/cp\"]}}}", "Expected a name of up to 60"),
                arguments("{\"commands\": {\"a\": {\"run\": [\"/bin/cp\"], \"arguments\": {\"max\": 1}}}}",
                        "Expected 'arguments' to have both 'max' and 'pattern'"),
                arguments(
                        "{\"commands\": {\"a\": {\"run\": [\"/bin/cp\"], \"arguments\": {\"max\": 1, \"pattern\": \"(\"}}}}",
                        "Unclosed group"),
                arguments("{\"commands\": {\"a\": {\"run\": [\"/bin/cp\"], \"timeout\": \"2m\"}}}",
                        "Text cannot be parsed to a Duration"),
                arguments("{\"commands\": {\"a\": {\"run\": [\"/bin/cp\"], \"timeout\": \"P2D\"}}}",
                        "Expected a timeout from PT0.001S to PT24H, but got PT48H"),
                arguments("{\"commands\": {\"a\": {\"run\": [\"/bin/cp\"], \"outputBytes\": 1000000}}}",
                        "Expected outputBytes from 0 to 262144, but got 1000000"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldSayWhatIsWrong(String json, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> AllowListFile.parse(json))
                .withMessageContaining(message);
    }

    @Test
    void shouldNameTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("commands.json"), "[]");

        assertThatIllegalArgumentException().isThrownBy(() -> AllowListFile.read(file))
                .withMessageContaining(file.toString());
        assertThatIllegalArgumentException().isThrownBy(() -> AllowListFile.read(folder.resolve("none.json")))
                .withMessageContaining("none.json");
    }
}
