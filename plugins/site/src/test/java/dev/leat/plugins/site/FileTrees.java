package dev.leat.plugins.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whole folders, as tests copy and compare them. */
final class FileTrees {

    private FileTrees() {}

    /** A copy with its links, as a crash would leave it. */
    static void copy(Path from, Path to) throws IOException {
        for (Path path : all(from)) {
            Files.copy(path, to.resolve(from.relativize(path)), LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** The text of each file, by its name below the folder. */
    static SortedMap<String, String> texts(Path top) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Path path : all(top)) {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                texts.put(top.relativize(path).toString(), Files.readString(path));
            }
        }
        return texts;
    }

    private static List<Path> all(Path top) throws IOException {
        try (Stream<Path> paths = Files.walk(top)) {
            return paths.sorted().toList();
        }
    }
}
