package dev.leat.plugins.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The commands that jobs may run here: what is not in it does not run. Immutable. */
final class AllowList {

    private final TreeMap<String, AllowedCommand> commands;
    private final Optional<Path> stagingDirectory;

    /**
     * @param commands no two of one name
     * @param stagingDirectory where the directories of the commands are made; empty for a place below the system's
     *     directory of temporary files
     */
    AllowList(Collection<AllowedCommand> commands, Optional<Path> stagingDirectory) {
        this.commands = commands.stream()
                .collect(Collectors.toMap(AllowedCommand::name, Function.identity(), (first, second) -> {
                    throw new IllegalArgumentException(
                            "Expected names of commands to differ, but got '%s' twice".formatted(first.name()));
                }, TreeMap::new));
        this.stagingDirectory = stagingDirectory;
    }

    /** The list that allows nothing. */
    static AllowList empty() {
        return new AllowList(Map.<String, AllowedCommand>of().values(), Optional.empty());
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    Optional<Path> stagingDirectory() {
        return stagingDirectory;
    }

    Optional<AllowedCommand> find(String name) {
        return Optional.ofNullable(commands.get(name));
    }

    /** All names, separated by commas, in their order. */
    String names() {
        return String.join(", ", commands.keySet());
    }

    /** How long the most patient of the commands may run; nothing where there is none. */
    Duration longestTimeout() {
        return commands.values().stream().map(command -> command.limits().timeout()).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
