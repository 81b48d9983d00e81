package dev.leat.embedded;

import java.nio.file.Path;

/** Another live broker owns the data directory. Nothing was started. */
public final class DataDirectoryInUseException extends RuntimeException {

    private final Path directory;

    DataDirectoryInUseException(Path directory, String owner) {
        super("Expected to be the only broker on data directory %s, but %s uses it: stop it or choose another directory"
                .formatted(directory, owner));
        this.directory = directory;
    }

    /** The directory that was asked for. */
    public Path directory() {
        return directory;
    }
}
