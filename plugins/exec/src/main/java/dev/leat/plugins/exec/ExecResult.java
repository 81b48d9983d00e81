package dev.leat.plugins.exec;

import dev.leat.plugin.Description;
import java.util.Map;

record ExecResult(@Description("What the command ended with; 128 and more stand for a signal.") int exitCode,
        @Description("What it wrote to its standard output: the beginning and the end, where it was too long.") String stdout,
        @Description("What it wrote to its standard error, likewise.") String stderr,
        @Description("Whether something is left out of stdout.") boolean stdoutTruncated,
        @Description("Whether something is left out of stderr.") boolean stderrTruncated,
        @Description("How long the command ran, in milliseconds.") long durationMillis,
        @Description("The files that were asked for and that the command has left, by their paths.") Map<String, OutputFile> outputs) {}
