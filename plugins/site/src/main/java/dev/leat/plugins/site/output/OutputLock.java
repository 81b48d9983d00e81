package dev.leat.plugins.site.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to change an output, of one job at a time over all processes that see its file system. It ends with the
 * process, so that a dead one never stands in the way.
 *
 * <p>Where a process closes a file, the operating system takes all of the process's locks on it. So a process does not
 * even open the file while one of its own jobs holds the lock.
 */
public final class OutputLock implements AutoCloseable {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private OutputLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock if it is free; does not wait.
     *
     * @throws IOException if the folder of the builds cannot be made or is a link, or if its file system knows no locks
     */
    public static Optional<OutputLock> tryAcquire(Output output) throws IOException {
        if (!Files.isDirectory(output.builds(), LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(output.builds());
        }
        Path file = output.builds().resolve("lock");
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<OutputLock> lock = Optional.empty();
        try {
            lock = open(file);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<OutputLock> open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by the same plugin, loaded once more.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(new OutputLock(file, channel));
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
