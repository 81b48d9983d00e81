package dev.leat.plugins.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds, on Linux, the processes that have a mark in the environment that they were started with. Children inherit it,
 * so these are all that a command has started, also those that have made themselves daemons; not those that were started
 * with an environment which somebody has emptied, or by another user.
 */
final class MarkedProcesses {

    private static final Duration LONGEST_HUNT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Path processes;
    /** A whole entry of an environment, which is a sequence of texts that each end with a zero. */
    private final String entry;

    /**
     * @param processes where Linux shows them
     * @param variable a name
     * @param value what no other process has under that name
     */
    MarkedProcesses(Path processes, String variable, String value) {
        this.processes = processes;
        this.entry = '\0' + variable + '=' + value + '\0';
    }

    /** Kills them all, and those that they start meanwhile; tells whether none is left. */
    boolean kill() {
        long deadline = System.nanoTime() + LONGEST_HUNT.toNanos();
        List<ProcessHandle> found = find();
        while (!found.isEmpty() && System.nanoTime() < deadline) {
            found.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(PAUSE.toNanos());
            found = find();
        }
        return found.isEmpty();
    }

    /** Those that run now. */
    List<ProcessHandle> find() {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (Path folder : folders) {
                if (isMarked(folder)) {
                    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(folder.getFileName().toString()));
                    process.ifPresent(found::add);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Without /proc there is nothing to find.
        }
        return found;
    }

    private boolean isMarked(Path folder) {
        try {
            String environment = new String(Files.readAllBytes(folder.resolve("environ")),
                    StandardCharsets.ISO_8859_1);
            return ('\0' + environment).contains(entry);
        } catch (IOException e) {
            // It has just ended, or is somebody else's.
            return false;
        }
    }
}
