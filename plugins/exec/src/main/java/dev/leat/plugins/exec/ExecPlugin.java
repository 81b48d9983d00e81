package dev.leat.plugins.exec;

import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The plugin {@code exec}. Without a list of commands it runs none. */
public final class ExecPlugin implements Plugin {

    /**
     * The environment variable that names the file with the allowed commands; {@code docs/exec.md} describes the file.
     * Not set or empty: none is allowed.
     */
    public static final String COMMANDS = "EXEC_COMMANDS";

    /** How long a command that is told to end has for that; well below the grace that a worker gives the handler. */
    private static final Duration GRACE = Duration.ofSeconds(2);
    /** What the handler needs beside the command itself. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final AllowList allowed;
    private final StagingArea staging;
    private final CommandRunner runner;

    /**
     * For the service loader.
     *
     * @throws IllegalArgumentException if the list of commands cannot be used
     */
    public ExecPlugin() {
        this(System.getenv());
    }

    ExecPlugin(Map<String, String> environment) {
        String file = environment.getOrDefault(COMMANDS, "");
        this.allowed = file.isEmpty() ? AllowList.empty() : AllowListFile.read(Path.of(file));
        this.staging = new StagingArea(allowed.stagingDirectory().orElseGet(StagingArea::usualRoot),
                ProcessHandle.current());
        this.runner = new CommandRunner(Containment.ofThisMachine(), GRACE);
    }

    @Override
    public String id() {
        return "exec";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(JobType.named("run", ExecInput.class, ExecResult.class).describedAs(description())
                .timeout(allowed.longestTimeout().plus(MARGIN))
                .handledBy(new ExecHandler(allowed, staging, runner)));
    }

    private String description() {
        return allowed.isEmpty()
                ? "Runs commands that the operator of the workers allows, of which there are none."
                : "Runs a command that the operator of the workers allows: %s.".formatted(allowed.names());
    }

    @Override
    public void start() throws IOException {
        if (!allowed.isEmpty()) {
            staging.open();
        }
    }

    @Override
    public void stop() {
        staging.close();
    }
}
