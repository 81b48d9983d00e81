package dev.leat.worker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that this process has made for itself and deletes when it needs it no more. */
record TemporaryFolder(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

    /** A new one, in the place that the system has for such things. */
    static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("leat-plugins-"));
    }

    /** Deletes it with all that is in it. What cannot be deleted is logged. */
    void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innermostFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("Expected to delete {}, but: {}", path, e.toString());
        }
    }
}
