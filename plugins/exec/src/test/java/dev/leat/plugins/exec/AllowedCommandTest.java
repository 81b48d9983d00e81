package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AllowedCommandTest {

    private final AllowedCommand command = new AllowedCommand("list", List.of("/bin/ls", "-l"),
            new ArgumentRule(2, Pattern.compile("[a-z]+")), Map.of(), Set.of("MODE", "LEVEL"),
            new CommandLimits(Duration.ofSeconds(1), 10, 8, 10), ExitCodes.DEFAULT);

    @Test
    void shouldAllowWhatTheRulesAllow() {
        assertThat(command.refusal(Inputs.withEnv(Inputs.of("list", "a", "bc"), Map.of("MODE", "1")))).isEmpty();
        assertThat(command.commandLine(Inputs.of("list", "a", "bc"))).containsExactly("/bin/ls", "-l", "a", "bc");
    }

    @Test
    void shouldRefuseTooManyArguments() {
        assertThat(command.refusal(Inputs.of("list", "a", "b", "c")))
                .contains("Expected at most 2 arguments, but got 3 (command 'list')");
    }

    @Test
    void shouldRefuseAnArgumentThatOnlyPartlyMatches() {
        assertThat(command.refusal(Inputs.of("list", "a", "b; rm -rf /")))
                .contains("Expected each argument to match [a-z]+, but got 'b; rm -rf /' (command 'list')");
    }

    @Test
    void shouldRefuseAnArgumentThatTheSystemWouldCutOff() {
        AllowedCommand anything = new AllowedCommand("any", List.of("/bin/ls"),
                new ArgumentRule(1, Pattern.compile("(?s).*")), Map.of(), Set.of(), CommandLimits.DEFAULT,
                ExitCodes.DEFAULT);

        assertThat(anything.refusal(Inputs.of("any", "a\nb"))).isEmpty();
        assertThat(anything.refusal(Inputs.of("any", "a\0b"))).isPresent();
    }

    @Test
    void shouldRefuseVariablesThatAreNotListed() {
        assertThat(command.refusal(Inputs.withEnv(Inputs.of("list"), Map.of("LD_PRELOAD", "x.so"))))
                .contains(
                        "Expected only the environment variables [LEVEL, MODE], but got 'LD_PRELOAD' (command 'list')");
    }

    @Test
    void shouldRefuseMoreInputThanTheLimit() {
        ExecInput input = Inputs.withFiles(Inputs.of("list"), Map.of("a", InputFile.of("12345678")));

        assertThat(command.refusal(input)).isEmpty();
        assertThat(command.refusal(Inputs.withStdin(input, "9")))
                .contains("Expected at most 8 bytes in files and on standard input, but got 9 (command 'list')");
    }

    @Test
    void shouldRefuseWhatTheLocaleOfTheWorkerWouldGarble() {
        ExecInput input = Inputs.withFiles(Inputs.of("list", "a"), Map.of("ü", InputFile.of("")));

        assertThat(new NativeEncoding(StandardCharsets.UTF_8).refusal(input)).isEmpty();
        assertThat(new NativeEncoding(StandardCharsets.US_ASCII).refusal(input)).contains(
                "Expected arguments, variables and paths in US-ASCII, as the locale of this worker has it (LANG=C.UTF-8 would allow all), but got 'ü'");
        assertThat(new NativeEncoding(StandardCharsets.US_ASCII).refusal(Inputs.of("list", "a"))).isEmpty();
    }

    @Test
    void shouldJudgeExitCodesAsTheListSays() {
        ExitCodes codes = new ExitCodes(Set.of(0, 3), ExitCodes.Other.FAIL);

        assertThat(codes.judge(3)).isEqualTo(ExitCodes.Verdict.SUCCEEDED);
        assertThat(codes.judge(1)).isEqualTo(ExitCodes.Verdict.FAILED_FOR_GOOD);
        assertThat(ExitCodes.DEFAULT.judge(3)).isEqualTo(ExitCodes.Verdict.FAILED);
        assertThat(new ExitCodes(Set.of(), ExitCodes.Other.SUCCEED).judge(137))
                .isEqualTo(ExitCodes.Verdict.SUCCEEDED);
    }
}
