package dev.leat.plugins.exec;

import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobType;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.TestedAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A handler that allows shell scripts, which no operator should, in a staging area of its own. */
final class Sandbox implements AutoCloseable {

    static final UUID JOB = new UUID(0, 1);
    static final Duration GRACE = Duration.ofMillis(300);

    private final Path root;
    private final List<AllowedCommand> commands = new ArrayList<>();
    private final Containment containment;
    private final StagingArea staging;

    Sandbox(Path root, Containment containment) throws IOException {
        this.root = root;
        this.containment = containment;
        this.staging = new StagingArea(root, ProcessHandle.current());
        staging.open();
    }

    /** Allows a script under this name; its parameters are the arguments of the job. */
    Sandbox allow(String name, String script) {
        return allow(name, script, CommandLimits.DEFAULT, ExitCodes.DEFAULT);
    }

    Sandbox allow(String name, String script, CommandLimits limits, ExitCodes exitCodes) {
        commands.add(new AllowedCommand(name, List.of("/bin/sh", "-c", script, name),
                new ArgumentRule(5, Pattern.compile(".*")), Map.of("FIXED", "set by the operator"),
                Set.of("FREE", "FIXED"), limits, exitCodes));
        return this;
    }

    ExecHandler handler() {
        return new ExecHandler(new AllowList(commands, Optional.of(root)), staging,
                new CommandRunner(containment, GRACE));
    }

    /** Runs the second attempt of {@link #JOB}, with what is allowed so far. */
    JobHandlerTester tester() {
        return tester(handler());
    }

    /** As {@link #tester()}, with a handler around {@link #handler}. */
    static JobHandlerTester tester(JobHandler<ExecInput, ExecResult> handler) {
        return JobHandlerTester.of(JobType.named("run", ExecInput.class, ExecResult.class).handledBy(handler))
                .jobId(JOB).attempt(2);
    }

    TestedAttempt run(ExecInput input) {
        return tester().run(input);
    }

    /** The result of a job that has to succeed. */
    ExecResult succeed(ExecInput input) {
        return run(input).result(ExecResult.class);
    }

    /** The directories of jobs that are there now. */
    List<Path> staged() throws IOException {
        List<Path> staged = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.toList()) {
                try (Stream<Path> jobs = Files.list(folder)) {
                    jobs.forEach(staged::add);
                }
            }
        }
        return staged;
    }

    @Override
    public void close() {
        staging.close();
    }
}
