package dev.leat.plugins.site.path;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Folders below which paths are allowed. A path that is given out lies below one of them in truth: symbolic links are
 * resolved first. No name on the way may begin with a dot, so that builds, version control and the like stay out of reach.
 *
 * <p><b>Limit.</b> What is checked is the file system at the time of the check: somebody who may move folders and links
 * below the roots while a job runs is trusted.
 *
 * @param meaning what the folders are, for messages
 * @param folders absolute and normalized, at least one; a relative path is taken from the first one
 */
public record Roots(String meaning, List<Path> folders) {

    /**
     * The environment variable that names the folders below which sites may be read and written, separated like the
     * entries of a class path. Where it is not set, that is {@code sites} in the working directory of the worker.
     */
    public static final String VARIABLE = "SITE_ROOTS";

    private static final String DEFAULT = "sites";

    /** @throws IllegalArgumentException if no folder is named */
    public Roots {
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("Expected %s to be at least one folder".formatted(meaning));
        }
        folders = folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
    }

    /**
     * Reads what the environment says.
     *
     * @param environment the variables, of which only {@value #VARIABLE} counts
     * @throws IllegalArgumentException if it names no folder, or one that cannot be a path
     */
    public static Roots of(Map<String, String> environment) {
        String value = environment.getOrDefault(VARIABLE, DEFAULT);
        return new Roots("the roots in " + VARIABLE,
                Stream.of(value.split(File.pathSeparator)).filter(entry -> !entry.isBlank()).map(Path::of).toList());
    }

    /**
     * The real path of a file or folder that exists.
     *
     * @throws RefusedException if there is none, or not below the roots
     * @throws IOException if the file system cannot tell
     */
    public Path existing(String path) throws RefusedException, IOException {
        Path asked = lexical(path);
        if (Files.notExists(asked, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("Expected '%s' to exist below %s, but it does not".formatted(path, meaning));
        }
        return requireInside(real(asked, path), path);
    }

    /**
     * Where something of this path lies or would lie. All of it is real but the last name, which may be a link.
     *
     * @throws RefusedException if that is not below the roots
     * @throws IOException if the file system cannot tell
     */
    public Path place(String path) throws RefusedException, IOException {
        Path asked = lexical(path);
        return requireInside(real(asked.resolveSibling(""), path).resolve(lastName(asked)), path);
    }

    private Path lexical(String path) throws RefusedException {
        try {
            return requireBelow(folders, folders.getFirst().resolve(path).normalize(), path);
        } catch (InvalidPathException e) {
            throw new RefusedException("Expected a path, but got '%s': %s".formatted(path, e.getReason()));
        }
    }

    /** Resolves as much of it as exists; what does not exist is no link. */
    private static Path real(Path path, String asked) throws RefusedException, IOException {
        Path parent = path.getParent();
        if (parent == null || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            try {
                return path.toRealPath();
            } catch (NoSuchFileException e) {
                throw new RefusedException(
                        "Expected '%s' to lead somewhere, but a link in it leads to nothing".formatted(asked));
            }
        }
        return real(parent, asked).resolve(lastName(path));
    }

    private static Path lastName(Path path) {
        return path.getName(path.getNameCount() - 1);
    }

    private Path requireInside(Path real, String path) throws RefusedException, IOException {
        List<Path> realFolders = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                realFolders.add(folder.toRealPath());
            }
        }
        return requireBelow(realFolders, real, path);
    }

    private Path requireBelow(List<Path> tops, Path path, String asked) throws RefusedException {
        if (tops.stream().noneMatch(top -> path.startsWith(top) && isPlain(top.relativize(path)))) {
            throw new RefusedException("Expected a path below %s without names that begin with a dot, but got '%s'"
                    .formatted(meaning, asked));
        }
        return path;
    }

    /** A root itself is the empty path, and that is not below it. */
    private static boolean isPlain(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .noneMatch(name -> name.toString().isEmpty() || name.toString().startsWith("."));
    }
}
