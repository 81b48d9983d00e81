package dev.leat.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.avro.Schema;

/** The schema files of this build, {@code src/main/avro}, and of each version, {@code released/<version>}. */
final class SchemaFiles {

    static final Path CURRENT = Path.of("src", "main", "avro");
    static final Path RELEASED = Path.of("released");

    private SchemaFiles() {}

    /** The version that this build becomes, without {@code -SNAPSHOT}. */
    static String versionBeingBuilt() {
        return System.getProperty("leat.version", "unset").replace("-SNAPSHOT", "");
    }

    static List<Path> versions() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** The files' text by file name. */
    static SortedMap<String, String> texts(Path folder) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    static Schema parse(String text) {
        return new Schema.Parser().parse(text);
    }
}
