package dev.leat.worker.bundle;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * The jars of a bundle as they were at one look. Two looks that find the same give equal values.
 *
 * @param name of the jar or subfolder
 * @param jars at least one, in the order of their names
 */
record BundleFiles(String name, List<JarFileState> jars) {

    /**
     * A jar at one look.
     *
     * @param size in bytes
     * @param identity of the file where the file system has one: a file that was moved over another one may have its
     *        size and time
     */
    record JarFileState(Path path, long size, FileTime modified, String identity) {}

    BundleFiles {
        jars = List.copyOf(jars);
    }
}
