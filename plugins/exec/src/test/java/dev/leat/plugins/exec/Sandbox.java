package dev.leat.plugins.exec;

import dev.leat.plugin.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A handler that allows shell scripts, which no operator should, in a staging area of its own. */
final class Sandbox implements AutoCloseable {

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

    JobOutcome<ExecResult> run(ExecInput input) throws IOException, InterruptedException {
        return handler().run(input, new RecordingContext());
    }

    /** The result of a job that has to succeed. */
    ExecResult succeed(ExecInput input) throws IOException, InterruptedException {
        JobOutcome<ExecResult> outcome = run(input);
        if (outcome instanceof JobOutcome.Succeeded<ExecResult>(ExecResult result)) {
            return result;
        }
        throw new AssertionError("Expected a job that succeeds, but got " + outcome);
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
