package dev.leat.plugins.site.output;

import dev.leat.plugins.site.path.PlainFile;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Files of one folder that are there as a whole or not at all. Any number of processes may write at the same time.
 *
 * @param folder made with the first file
 * @param most how many bytes one may have
 */
record SmallFiles(Path folder, int most) {

    /** Replaces what was there before. */
    void write(String name, String text) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(name + "." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** @throws RefusedException if it is there, but is no text of that length */
    Optional<String> read(String name) throws RefusedException, IOException {
        Path file = folder.resolve(name);
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(PlainFile.text(file, most))
                : Optional.empty();
    }

    /** Deletes what was last written before that time. */
    void forget(Instant before) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
