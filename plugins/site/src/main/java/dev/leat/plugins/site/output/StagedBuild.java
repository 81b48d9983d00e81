package dev.leat.plugins.site.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A build that is being written.
 *
 * @param id what it will be called
 * @param folder where it is until it is complete
 */
public record StagedBuild(BuildId id, Path folder) {

    /**
     * Writes a file of the site.
     *
     * @param file its name below the site
     * @throws java.nio.file.FileAlreadyExistsException if something else has its place
     */
    public void write(String file, String text) throws IOException {
        Files.writeString(prepare(file), text, StandardOpenOption.CREATE_NEW);
    }

    /** Copies a file into the site; the source is not followed where it is a link. Otherwise as {@link #write}. */
    public void copy(Path source, String file) throws IOException {
        Files.copy(source, prepare(file), LinkOption.NOFOLLOW_LINKS);
    }

    /** @throws IllegalArgumentException if it would not be below the site, which is a mistake of the caller */
    private Path prepare(String file) throws IOException {
        Path site = Output.site(folder);
        Path target = site.resolve(file).normalize();
        if (!target.startsWith(site) || target.equals(site)) {
            throw new IllegalArgumentException("Expected a file below the site, but got '%s'".formatted(file));
        }
        Files.createDirectories(target.resolveSibling(""));
        return target;
    }
}
