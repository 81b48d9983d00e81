package dev.leat.plugins.exec;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the directories of the commands are made: below a root that the workers of a machine share, in a folder that
 * names the process that owns it. So what a worker has left that died is found by the next one that starts.
 *
 * <p><b>Threads.</b> {@link #open} and {@link #close} are called once, by one thread at a time; {@link #stage} in between,
 * by any.
 */
final class StagingArea {

    private static final Logger LOG = System.getLogger(StagingArea.class.getName());
    /** The process id, and the time in milliseconds since the epoch when the process started. */
    private static final Pattern OWNED = Pattern.compile("(\\d{1,18})-(\\d{1,18})-.*");
    /** Two readings of a process's start may differ by as much, for it is computed from the clock's. */
    private static final long SAME_START_MILLIS = 5_000;

    private final Path root;
    private final ProcessHandle owner;
    private volatile @Nullable Path folder;

    /**
     * @param root made if it is not there
     * @param owner the process by whose life the folders are judged: this one
     */
    StagingArea(Path root, ProcessHandle owner) {
        this.root = root;
        this.owner = owner;
    }

    /** Below the directory of temporary files, one for each user. */
    static Path usualRoot() {
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
        return Path.of(System.getProperty("java.io.tmpdir"), "leat-exec-" + user);
    }

    /**
     * Makes the folder of this process, after it has cleared away those of processes that are gone.
     *
     * @throws IOException if the root cannot be used: it is no folder, or somebody else's
     */
    void open() throws IOException {
        DirectoryTree.create(root);
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("Expected %s to be a folder, but it is a link".formatted(root));
        }
        sweep();
        Path own = DirectoryTree.createIn(root, "%d-%d-".formatted(owner.pid(), startMillis(owner)));
        UserPrincipal rootOwner = Files.getOwner(root);
        if (!rootOwner.equals(Files.getOwner(own))) {
            delete(own);
            throw new IOException("Expected %s to belong to the user of this worker, but it is %s's".formatted(root,
                    rootOwner.getName()));
        }
        folder = own;
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path candidate : folders) {
                if (isOrphaned(candidate.getFileName().toString())) {
                    LOG.log(Level.INFO, "Deleting what a worker has left that is gone: {0}", candidate);
                    delete(candidate);
                }
            }
        }
    }

    private boolean isOrphaned(String name) {
        Matcher owned = OWNED.matcher(name);
        if (!owned.matches()) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(owned.group(1)));
        return process.filter(ProcessHandle::isAlive)
                .filter(alive -> Math.abs(startMillis(alive) - Long.parseLong(owned.group(2))) <= SAME_START_MILLIS)
                .isEmpty();
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    }

    /**
     * Makes an empty directory for one attempt.
     *
     * @throws IOException if that fails
     * @throws IllegalStateException if the area is not open
     */
    StagedDirectory stage(UUID job, int attempt) throws IOException {
        Path open = folder;
        if (open == null) {
            throw new IllegalStateException("Expected plugin 'exec' to be started before its jobs run");
        }
        return StagedDirectory.create(DirectoryTree.createIn(open, "%s-%d-".formatted(job, attempt)));
    }

    /** Deletes the folder of this process. */
    void close() {
        Path open = folder;
        folder = null;
        if (open != null) {
            delete(open);
        }
    }

    /** Deletes a folder; where that fails, says so: the next worker that starts tries again. */
    static void delete(Path folder) {
        try {
            DirectoryTree.delete(folder);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Expected to delete " + folder + ", but could not", e);
        }
    }
}
