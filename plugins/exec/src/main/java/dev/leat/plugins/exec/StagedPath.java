package dev.leat.plugins.exec;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a file stands in the directory of a command: names that are joined by slashes and lead down, never up, out or
 * to the directory itself.
 *
 * @param names of the folders, and of the file as the last one; at least one
 */
record StagedPath(List<String> names) {

    private static final int LONGEST = 1000;

    StagedPath {
        names = List.copyOf(names);
    }

    /**
     * Reads a path as a submission gives it, such as {@code pictures/cat.png}.
     *
     * @throws IllegalArgumentException if it does not stay inside of the directory
     */
    static StagedPath of(String path) {
        List<String> names = List.of(path.split("/", -1));
        if (path.length() > LONGEST || path.indexOf('\0') >= 0 || !names.stream().allMatch(StagedPath::leadsDown)) {
            throw new IllegalArgumentException(
                    "Expected the path of a file below the directory of the command, such as 'in/data.csv', but got '%s'"
                            .formatted(path));
        }
        return new StagedPath(names);
    }

    private static boolean leadsDown(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }

    /** Whether the other path leads through this one, which would then have to be a folder. */
    boolean leadsTo(StagedPath other) {
        return names.size() < other.names.size() && other.names.subList(0, names.size()).equals(names);
    }

    /** The place below a directory. */
    Path in(Path directory) {
        return directory.resolve(toString());
    }

    /** The place of its folder below a directory; the directory itself, where the path has no folders. */
    Path folderIn(Path directory) {
        return directory.resolve(String.join("/", names.subList(0, names.size() - 1)));
    }

    @Override
    public String toString() {
        return String.join("/", names);
    }
}
