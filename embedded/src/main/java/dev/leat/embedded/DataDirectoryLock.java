package dev.leat.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Keeps a data directory to one broker. The operating system drops the lock with its process, so a killed broker leaves
 * nothing to clean up. The file holds the owner's process id, for the message only.
 */
final class DataDirectoryLock implements AutoCloseable {

    private static final String FILE = "broker.lock";
    /** Locked far behind the text, because some systems refuse to read what is locked. */
    private static final long LOCKED_BYTE = 1L << 40;

    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the directory where it is missing and takes it.
     *
     * @throws DataDirectoryInUseException when another live broker has it
     * @throws UncheckedIOException when the directory cannot be written
     */
    static DataDirectoryLock take(Path directory) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(FILE);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new DataDirectoryInUseException(directory, ownerNamedIn(file));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
            return new DataDirectoryLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to write to data directory " + directory + ", but " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String ownerNamedIn(Path file) throws IOException {
        String pid = Files.readString(file, US_ASCII).strip();
        return pid.isEmpty() ? "another broker" : "the broker of process " + pid;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to release the data directory, but " + e, e);
        }
    }
}
