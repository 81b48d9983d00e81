package dev.leat.plugins.exec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this machine has to get hold of all processes that a command starts.
 *
 * @param setsid the program of that name, which makes a command the leader of a process group of its own; without it
 *     (on macOS) only those are found that still descend from the command
 * @param shell runs the {@link Watchdog}
 * @param processes where Linux shows all processes ({@code /proc}); also those are found there that have left the group
 *     of their command
 */
record Containment(Optional<Path> setsid, Path shell, Optional<Path> processes) {

    static Containment ofThisMachine() {
        Path shell = Path.of("/bin/sh");
        Optional<Path> setsid = Stream.of("/usr/bin/setsid", "/bin/setsid").map(Path::of)
                .filter(Files::isExecutable).filter(_ -> Files.isExecutable(shell)).findFirst();
        Path processes = Path.of("/proc");
        return new Containment(setsid, shell,
                Files.isReadable(processes.resolve("self/environ")) ? Optional.of(processes) : Optional.empty());
    }

    /** The command line that starts this one in a group of its own, if that can be. */
    List<String> contain(List<String> commandLine) {
        List<String> line = new ArrayList<>();
        setsid.ifPresent(program -> line.add(program.toString()));
        line.addAll(commandLine);
        return line;
    }
}
