package dev.leat.worker.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.leat.worker.bundle.BundleFiles.JarFileState;

/**
 * Looks at what lies in the folder of plugins. Each jar is a bundle, and so is each subfolder with jars in it: the
 * plugin's and those of its libraries. What begins with a dot is not looked at.
 */
record BundleFolder(Path folder) {

    private static final String JAR = ".jar";

    /**
     * What is there now, in the order of the names.
     *
     * @throws IOException where the folder cannot be read, or what is in it went away meanwhile; that says nothing about
     *         the bundles
     */
    List<BundleFiles> look() throws IOException {
        List<BundleFiles> found = new ArrayList<>();
        for (Path entry : entries(folder)) {
            bundle(entry).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<BundleFiles> bundle(Path entry) throws IOException {
        List<JarFileState> jars = new ArrayList<>();
        try {
            for (Path path : Files.isDirectory(entry) ? entries(entry) : List.of(entry)) {
                if (path.getFileName().toString().endsWith(JAR) && !Files.isDirectory(path)) {
                    jars.add(state(path));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
        return jars.isEmpty()
                ? Optional.empty()
                : Optional.of(new BundleFiles(entry.getFileName().toString(), jars));
    }

    private static JarFileState state(Path jar) throws IOException {
        BasicFileAttributes file = Files.readAttributes(jar, BasicFileAttributes.class);
        return new JarFileState(jar, file.size(), file.lastModifiedTime(), String.valueOf(file.fileKey()));
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
