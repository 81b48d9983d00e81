package dev.leat.plugins.exec;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders that only their owner can enter, and how they go away again, whatever is in them. */
final class DirectoryTree {

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER_ALONE = PosixFilePermissions
            .asFileAttribute(OWNER_ALONE);

    private DirectoryTree() {}

    /** Makes a folder, and those above it that are not there. */
    static Path create(Path folder) throws IOException {
        return Files.createDirectories(folder, FOR_OWNER_ALONE);
    }

    /** Makes a folder of a new name that begins with the prefix. */
    static Path createIn(Path parent, String prefix) throws IOException {
        return Files.createTempDirectory(parent, prefix, FOR_OWNER_ALONE);
    }

    /**
     * Deletes a folder with all that is in it. Links are deleted, not followed; folders that their owner has closed are
     * opened. What is not there any more is no error.
     *
     * @throws IOException if something cannot be deleted; all else has been
     */
    static void delete(Path folder) throws IOException {
        IOException failure = null;
        Files.setPosixFilePermissions(folder, OWNER_ALONE);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                try {
                    deleteEntry(entry);
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        Files.deleteIfExists(folder);
    }

    private static void deleteEntry(Path entry) throws IOException {
        try {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                delete(entry);
            } else {
                Files.deleteIfExists(entry);
            }
        } catch (NoSuchFileException e) {
            // Somebody else was faster.
        }
    }
}
