package dev.leat.plugins.exec;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.LogLevel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs one command for each job, in a directory that is there for nothing else. */
final class ExecHandler implements JobHandler<ExecInput, ExecResult> {

    /** The end of a command's errors, for the reason why its job failed. */
    private static final int SHOWN_ERRORS = 1000;

    private final AllowList allowed;
    private final StagingArea staging;
    private final CommandRunner runner;

    ExecHandler(AllowList allowed, StagingArea staging, CommandRunner runner) {
        this.allowed = allowed;
        this.staging = staging;
        this.runner = runner;
    }

    @Override
    public JobOutcome<ExecResult> run(ExecInput input, JobContext context) throws IOException, InterruptedException {
        Optional<AllowedCommand> command = allowed.find(input.command());
        Optional<String> refusal = command
                .map(entry -> entry.refusal(input).or(() -> NativeEncoding.ofThisProcess().refusal(input)))
                .orElseGet(() -> Optional.of(unknown(input.command())));
        if (command.isEmpty() || refusal.isPresent()) {
            return JobOutcome.notRetryable(refusal.orElseThrow());
        }
        context.throwIfCancelled();
        try (StagedDirectory directory = staging.stage(context.jobId(), context.attempt())) {
            directory.write(input.files());
            return run(command.get(), input, directory, context);
        }
    }

    private String unknown(String name) {
        return allowed.isEmpty()
                ? "Expected a command that the operator of this worker allows, but none is allowed: %s has to name a list"
                        .formatted(ExecPlugin.COMMANDS)
                : "Expected a command that the operator of this worker allows (%s), but got '%s'"
                        .formatted(allowed.names(), name);
    }

    private JobOutcome<ExecResult> run(AllowedCommand command, ExecInput input, StagedDirectory directory,
            JobContext context) throws IOException, InterruptedException {
        context.progress(0, "running " + command.name());
        Launch launch = new Launch(command.commandLine(input), directory.work(),
                environment(command, input, directory, context));
        CommandRunner.End end = runner.run(launch, command.limits(), input.stdinBytes(),
                (source, text) -> context.log(LogLevel.INFO, text, Map.of("stream", source.label())));
        if (end.timedOut()) {
            return JobOutcome.failed("Expected command '%s' to end within %s, but it had to be ended%s"
                    .formatted(command.name(), command.limits().timeout(), errors(end)));
        }
        return switch (command.exitCodes().judge(end.exitCode())) {
            case SUCCEEDED -> JobOutcome.succeeded(result(command, input, directory, end));
            case FAILED -> JobOutcome.failed(wrongExit(command, end));
            case FAILED_FOR_GOOD -> JobOutcome.notRetryable(wrongExit(command, end));
        };
    }

    private static Map<String, String> environment(AllowedCommand command, ExecInput input,
            StagedDirectory directory, JobContext context) {
        String temporary = directory.temporary().toString();
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LANG",
                "C.UTF-8", "HOME", temporary, "TMPDIR", temporary));
        environment.putAll(input.env());
        // The operator has the last word.
        environment.putAll(command.environment());
        environment.put("EXEC_JOB_ID", context.jobId().toString());
        environment.put("EXEC_ATTEMPT", Integer.toString(context.attempt()));
        return environment;
    }

    private static ExecResult result(AllowedCommand command, ExecInput input, StagedDirectory directory,
            CommandRunner.End end) throws IOException {
        return new ExecResult(end.exitCode(), end.stdout().text(), end.stderr().text(), end.stdout().isTruncated(),
                end.stderr().isTruncated(), end.duration().toMillis(),
                directory.read(input.outputs(), command.limits().resultFileBytes()));
    }

    private static String wrongExit(AllowedCommand command, CommandRunner.End end) {
        return "Expected command '%s' to exit with one of %s, but it exited with %d%s".formatted(command.name(),
                command.exitCodes().success(), end.exitCode(), errors(end));
    }

    private static String errors(CommandRunner.End end) {
        String errors = end.stderr().lastCharacters(SHOWN_ERRORS);
        return errors.isEmpty() ? "" : "; the end of its errors: " + errors;
    }
}
