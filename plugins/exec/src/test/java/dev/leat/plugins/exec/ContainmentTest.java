package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.test.AttemptEnd;
import dev.leat.plugin.test.StartedAttempt;
import dev.leat.plugin.test.TestedAttempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No process outlives its job, whatever it does and however the job ends. */
@Tag("process")
class ContainmentTest {

    /** What a test waits for, at most; it waits for as long only where it fails. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Each is a command that writes the numbers of two processes or more to the file "$1", and goes on for long. */
    static Stream<Arguments> stubbornCommands() {
        return Stream.of(
                Arguments.argumentSet("a child", "echo $$ >> $1; sleep 600 & echo $! >> $1; wait"),
                Arguments.argumentSet("deaf to SIGTERM",
                        "trap '' TERM; echo $$ >> $1; sleep 600 & echo $! >> $1; wait"),
                Arguments.argumentSet("a grandchild whose parent is gone",
                        "echo $$ >> $1; (nohup sleep 600 > /dev/null 2>&1 & echo $! >> $1); sleep 600"));
    }

    /** These leave the group of their command, which only Linux lets us see. */
    static Stream<Arguments> daemons() {
        return Stream.of(
                Arguments.argumentSet("a daemon in a session of its own",
                        "echo $$ >> $1; (setsid sh -c 'echo $$ >> $0; exec sleep 600' $1 > /dev/null 2>&1 &); sleep 600"),
                Arguments.argumentSet("a daemon that holds the output open",
                        "echo $$ >> $1; (setsid sh -c 'echo $$ >> $0; sleep 600' $1 &); sleep 600"));
    }

    static Stream<Arguments> all() {
        return Stream.concat(stubbornCommands(), daemons());
    }

    @TempDir
    private Path folder;
    private Path pids;
    private Sandbox sandbox;

    @BeforeEach
    void open() throws IOException {
        pids = folder.resolve("pids");
        sandbox = new Sandbox(folder.resolve("staging"), Containment.ofThisMachine());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndAllProcessesOnCancellation(String script) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "Linux");
        sandbox.allow("stubborn", script);
        StartedAttempt job = start(sandbox, Inputs.of("stubborn", pids.toString()));
        List<ProcessHandle> processes = awaitProcesses();

        job.cancel();

        assertInterrupted(job);
        assertDead(processes);
        assertThat(sandbox.staged()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndAllProcessesWhenTheTimeIsOver(String script) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "Linux");
        Duration timeout = Duration.ofSeconds(1);
        sandbox.allow("stubborn", "echo slow >&2;" + script, new CommandLimits(timeout, 1000, 0, 0),
                ExitCodes.DEFAULT);

        assertThat(sandbox.run(Inputs.of("stubborn", pids.toString())).outcome()).isEqualTo(JobOutcome.failed(
                "Expected command 'stubborn' to end within PT1S, but it had to be ended; the end of its errors: slow"));

        assertDead(processes());
        assertThat(sandbox.staged()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndWhatACommandLeavesRunning(String script) {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "Linux");
        // As soon as both have told their numbers, the command itself ends.
        sandbox.allow("leave", "(" + script + ") & until [ $(wc -l < $1) -ge 2 ]; do sleep 0.02; done 2> /dev/null");

        ExecResult result = sandbox.succeed(Inputs.of("leave", pids.toString()));

        assertThat(result.exitCode()).isZero();
        assertDead(processes());
    }

    @Test
    void shouldLetACommandPutItselfInOrder() {
        assertPutsItselfInOrder(sandbox);
    }

    /** A cancellation may come before setsid has made the group; env makes none at all. */
    @Test
    void shouldLetACommandPutItselfInOrderThatLeadsNoGroupYet() throws IOException {
        try (Sandbox groupless = new Sandbox(folder.resolve("groupless"),
                new Containment(Optional.of(Path.of("/usr/bin/env")), Path.of("/bin/sh"), Optional.empty()))) {
            assertPutsItselfInOrder(groupless);
        }
    }

    private void assertPutsItselfInOrder(Sandbox sandbox) {
        sandbox.allow("tidy", "trap 'echo tidied > $1; exit 0' TERM; echo $$ > $1.pid; echo $$ >> $1.pid;"
                + " while true; do sleep 0.05; done");
        pids = folder.resolve("note.pid");
        StartedAttempt job = start(sandbox, Inputs.of("tidy", folder.resolve("note").toString()));
        List<ProcessHandle> processes = awaitProcesses();

        job.cancel();

        assertInterrupted(job);
        assertThat(folder.resolve("note")).hasContent("tidied");
        assertDead(processes);
    }

    @Test
    void shouldNotBeHurriedByFurtherInterrupts() throws Exception {
        sandbox.allow("deaf", "trap '' TERM; echo $$ >> $1; sleep 600 & echo $! >> $1; wait");
        ExecHandler handler = sandbox.handler();
        // The tester interrupts once; a worker does so again for a reason that outweighs the first.
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        StartedAttempt job = Sandbox.tester((input, context) -> {
            thread.complete(Thread.currentThread());
            return handler.run(input, context);
        }).grace(PATIENCE).start(Inputs.of("deaf", pids.toString()));
        List<ProcessHandle> processes = awaitProcesses();

        job.cancel();
        while (!job.hasEnded()) {
            thread.join().interrupt();
            Thread.onSpinWait();
        }

        assertInterrupted(job);
        assertDead(processes);
        assertThat(sandbox.staged()).isEmpty();
    }

    /** As on macOS, which has neither setsid nor /proc: the tree of processes is all there is. */
    @ParameterizedTest
    @MethodSource
    void shouldEndATreeOfProcessesWhereThereIsNothingBetter(String script) throws Exception {
        try (Sandbox plain = new Sandbox(folder.resolve("plain"),
                new Containment(Optional.empty(), Path.of("/bin/sh"), Optional.empty()))) {
            plain.allow("tree", script);
            StartedAttempt job = start(plain, Inputs.of("tree", pids.toString()));
            List<ProcessHandle> processes = awaitProcesses();

            job.cancel();

            assertInterrupted(job);
            assertDead(processes);
        }
    }

    static Stream<Arguments> shouldEndATreeOfProcessesWhereThereIsNothingBetter() {
        return stubbornCommands().limit(2);
    }

    private static StartedAttempt start(Sandbox sandbox, ExecInput input) {
        return sandbox.tester().grace(PATIENCE).start(input);
    }

    private static void assertInterrupted(StartedAttempt job) {
        TestedAttempt attempt = job.await();
        assertThat(attempt.end()).isEqualTo(AttemptEnd.CANCELLED);
        assertThat(attempt.thrown()).containsInstanceOf(InterruptedException.class);
    }

    private List<ProcessHandle> awaitProcesses() {
        await().atMost(PATIENCE).until(() -> Files.exists(pids) && numbers().size() >= 2);
        List<ProcessHandle> processes = processes();
        assertThat(processes).isNotEmpty().allMatch(ProcessHandle::isAlive);
        return processes;
    }

    private List<String> numbers() {
        try {
            return Files.readAllLines(pids);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> processes() {
        assertThat(numbers()).hasSizeGreaterThanOrEqualTo(2);
        return numbers().stream().map(Long::parseLong).map(ProcessHandle::of).flatMap(Optional::stream).toList();
    }

    /** They are killed; the system may take a moment to say so. */
    static void assertDead(List<ProcessHandle> processes) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(processes).noneMatch(ContainmentTest::runs));
    }

    /** Whether a process is more than an entry that its parent has not looked at yet, which some parents never do. */
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return process.isAlive() && !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) {
            return process.isAlive();
        }
    }
}
