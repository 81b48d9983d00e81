package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.test.LogEntry;
import dev.leat.plugin.test.ProgressReport;
import dev.leat.plugin.test.TestedAttempt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job gets, gives and comes to, with real commands. */
@Tag("process")
class ExecHandlerTest {

    @TempDir
    private Path root;
    private Sandbox sandbox;

    @BeforeEach
    void open() throws IOException {
        sandbox = new Sandbox(root, Containment.ofThisMachine());
    }

    @AfterEach
    void shouldLeaveNoDirectory() throws IOException {
        assertThat(sandbox.staged()).isEmpty();
        sandbox.close();
    }

    @Test
    void shouldHandArgumentsOverAsTheyAre() {
        sandbox.allow("show", "printf '%s\\n' \"$@\"");

        ExecResult result = sandbox.succeed(Inputs.of("show", "$(id)", "a b", "*", "; exit 3", "'"));

        assertThat(result.stdout()).isEqualTo("$(id)\na b\n*\n; exit 3\n'\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void shouldGiveInputFilesAndTakeOutputFiles() throws Exception {
        sandbox.allow("join", "cat - in/a in/b > out.txt; mkdir sub; printf '\\377' > sub/bytes; pwd");

        ExecResult result = sandbox.succeed(Inputs.withOutputs(Inputs.withFiles(
                Inputs.withStdin(Inputs.of("join"), "stdin, "),
                Map.of("in/a", InputFile.of("file a, "), "in/b", InputFile.of("file b"))), "out.txt", "sub/bytes",
                "none"));

        assertThat(result.outputs()).containsOnly(
                Map.entry("out.txt", new OutputFile(Optional.of("stdin, file a, file b"), Optional.empty(), 21, false)),
                Map.entry("sub/bytes", new OutputFile(Optional.empty(), Optional.of("/w=="), 1, false)));
        assertThat(Path.of(result.stdout().strip())).startsWithRaw(root.toRealPath()).doesNotExist();
    }

    @Test
    void shouldPassNothingOfTheWorkersEnvironmentOn() {
        sandbox.allow("env", "env | sort | cut -d= -f1; echo $FREE, $FIXED, $EXEC_JOB_ID, $EXEC_ATTEMPT");

        ExecResult result = sandbox.succeed(
                Inputs.withEnv(Inputs.of("env"), Map.of("FREE", "set by the job", "FIXED", "not by the job")));

        assertThat(result.stdout().lines()).containsExactlyInAnyOrder("EXEC_ATTEMPT", "EXEC_JOB_ID", "EXEC_RUN",
                "FIXED", "FREE", "HOME", "LANG", "PATH", "PWD", "TMPDIR",
                "set by the job, set by the operator, %s, 2".formatted(Sandbox.JOB));
    }

    @Test
    void shouldReadAllThatACommandWritesAndKeepBothEnds() {
        sandbox.allow("flood", "echo first; head -c 5000000 /dev/zero | tr '\\0' x; echo; echo last; echo oops >&2",
                new CommandLimits(Duration.ofMinutes(1), 40, 0, 0), ExitCodes.DEFAULT);

        ExecResult result = sandbox.succeed(Inputs.of("flood"));

        assertThat(result.stdout()).startsWith("first\nxx").endsWith("xx\nlast\n")
                .contains("\n[4999972 bytes left out]\n");
        assertThat(result.stdoutTruncated()).isTrue();
        assertThat(result.stderr()).isEqualTo("oops\n");
        assertThat(result.stderrTruncated()).isFalse();
    }

    @Test
    void shouldLogTheLinesThatTheCommandWrites() {
        sandbox.allow("talk", "echo one; echo two >&2; printf three");

        TestedAttempt attempt = sandbox.run(Inputs.of("talk"));

        assertThat(attempt.outcome()).isInstanceOf(JobOutcome.Succeeded.class);
        assertThat(attempt.progress()).containsExactly(new ProgressReport(0, "running talk"));
        assertThat(attempt.log()).containsExactlyInAnyOrder(line("stdout", "one"), line("stderr", "two"),
                line("stdout", "three"));
    }

    private static LogEntry line(String stream, String text) {
        return new LogEntry(LogLevel.INFO, text, Map.of("stream", stream));
    }

    /** The command is long gone, and all that it has written still lies in the pipe. */
    @Test
    void shouldLoseNothingWhereLinesAreTakenSlowly() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        LineSink slow = (_, line) -> {
            if (line.equals("first")) {
                waitFor(never, Duration.ofMillis(300));
            }
        };
        Launch launch = new Launch(
                List.of("/bin/sh", "-c", "echo first; head -c 50000 /dev/zero | tr '\\0' x; printf last"), root,
                Map.of("PATH", "/usr/bin:/bin"));

        CommandRunner.End end = new CommandRunner(Containment.ofThisMachine(), Sandbox.GRACE).run(launch,
                CommandLimits.DEFAULT, new byte[0], slow);

        assertThat(end.stdout().text()).hasSize("first\n".length() + 50_000 + "last".length()).endsWith("xlast");
    }

    private static void waitFor(CountDownLatch latch, Duration duration) {
        try {
            assertThat(latch.await(duration.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldNotMindACommandThatDoesNotReadItsInput() {
        sandbox.allow("deaf", "exit 0");

        ExecResult result = sandbox.succeed(Inputs.withStdin(Inputs.of("deaf"), "x".repeat(500_000)));

        assertThat(result.exitCode()).isZero();
    }

    @Test
    void shouldFailWithTheExitCodeAndTheEndOfTheErrors() {
        sandbox.allow("fail", "echo no such thing >&2; exit 3").allow("fail-for-good", "exit 4",
                CommandLimits.DEFAULT, new ExitCodes(Set.of(0), ExitCodes.Other.FAIL));

        assertThat(sandbox.run(Inputs.of("fail")).outcome()).isEqualTo(JobOutcome.failed(
                "Expected command 'fail' to exit with one of [0], but it exited with 3; the end of its errors: no such thing"));
        assertThat(sandbox.run(Inputs.of("fail-for-good")).outcome()).isEqualTo(JobOutcome
                .notRetryable("Expected command 'fail-for-good' to exit with one of [0], but it exited with 4"));
    }

    @Test
    void shouldTellTheExitCodeWhereAnyIsGood() {
        sandbox.allow("any", "exit 3", CommandLimits.DEFAULT, new ExitCodes(Set.of(0), ExitCodes.Other.SUCCEED))
                .allow("killed", "kill -KILL $$", CommandLimits.DEFAULT,
                        new ExitCodes(Set.of(0), ExitCodes.Other.SUCCEED));

        assertThat(sandbox.succeed(Inputs.of("any")).exitCode()).isEqualTo(3);
        assertThat(sandbox.succeed(Inputs.of("killed")).exitCode()).isEqualTo(128 + 9);
    }

    @Test
    void shouldRefuseWhatIsNotAllowed() {
        sandbox.allow("b", "true").allow("a", "true");

        assertThat(sandbox.run(Inputs.of("rm")).outcome()).isEqualTo(JobOutcome
                .notRetryable("Expected a command that the operator of this worker allows (a, b), but got 'rm'"));
        assertThat(sandbox.run(Inputs.withEnv(Inputs.of("a"), Map.of("PATH", "/tmp"))).outcome()).isEqualTo(JobOutcome
                .notRetryable("Expected only the environment variables [FIXED, FREE], but got 'PATH' (command 'a')"));
    }

    @Test
    void shouldNotStartWhatIsCancelled() {
        sandbox.allow("a", "true");

        TestedAttempt attempt = sandbox.tester().cancelAtOnce().withoutInterrupt().run(Inputs.of("a"));

        assertThat(attempt.thrown()).containsInstanceOf(JobCancelledException.class);
        assertThat(attempt.progress()).isEmpty();
    }
}
