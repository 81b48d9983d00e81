package dev.leat.plugins.exec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run, where.
 *
 * @param commandLine the program and its arguments
 * @param directory the working directory
 * @param environment all variables; nothing is taken over from the worker
 */
record Launch(List<String> commandLine, Path directory, Map<String, String> environment) {

    Launch {
        commandLine = List.copyOf(commandLine);
        environment = Map.copyOf(environment);
    }
}
