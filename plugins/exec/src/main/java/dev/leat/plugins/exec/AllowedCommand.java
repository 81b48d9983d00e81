package dev.leat.plugins.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One entry of the allow-list: a program, and how far a job may go with it.
 *
 * @param name how jobs call it
 * @param run the program as an absolute path, and the arguments that always come first
 * @param arguments which ones a job may add
 * @param environment variables that are always set
 * @param jobEnvironment names of the variables that a job may set
 * @param limits of time and size
 * @param exitCodes what they mean
 */
record AllowedCommand(String name, List<String> run, ArgumentRule arguments, Map<String, String> environment,
        Set<String> jobEnvironment, CommandLimits limits, ExitCodes exitCodes) {

    AllowedCommand {
        run = List.copyOf(run);
        environment = Map.copyOf(environment);
        jobEnvironment = Set.copyOf(jobEnvironment);
    }

    /** Why the job is not allowed to run the command in this way, if it is not. */
    Optional<String> refusal(ExecInput input) {
        return Stream.of(arguments.refusal(input.args()), refusedVariable(input), refusedSize(input))
                .flatMap(Optional::stream).findFirst().map(reason -> "%s (command '%s')".formatted(reason, name));
    }

    private Optional<String> refusedVariable(ExecInput input) {
        return input.env().entrySet().stream()
                .filter(variable -> !jobEnvironment.contains(variable.getKey())
                        || variable.getValue().indexOf('\0') >= 0)
                .findFirst().map(variable -> "Expected only the environment variables %s, but got '%s'"
                        .formatted(new TreeSet<>(jobEnvironment), variable.getKey()));
    }

    private Optional<String> refusedSize(ExecInput input) {
        long bytes = input.bytes();
        return bytes <= limits.inputBytes()
                ? Optional.empty()
                : Optional.of("Expected at most %d bytes in files and on standard input, but got %d"
                        .formatted(limits.inputBytes(), bytes));
    }

    /** The whole command line. */
    List<String> commandLine(ExecInput input) {
        List<String> line = new ArrayList<>(run);
        line.addAll(input.args());
        return line;
    }
}
