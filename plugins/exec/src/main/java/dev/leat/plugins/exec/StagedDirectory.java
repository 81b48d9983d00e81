package dev.leat.plugins.exec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory that a command finds itself in, with the files that its job has brought, and one beside it for temporary
 * files. Closing it deletes both.
 *
 * <p><b>Threads.</b> Belongs to the thread that runs the job.
 *
 * @param base holds both
 * @param work where the command runs
 * @param temporary what the command has for a home and for temporary files
 */
record StagedDirectory(Path base, Path work, Path temporary) implements AutoCloseable {

    /** Makes the two in an empty folder. */
    static StagedDirectory create(Path base) throws IOException {
        return new StagedDirectory(base, DirectoryTree.create(base.resolve("work")),
                DirectoryTree.create(base.resolve("tmp")));
    }

    /** Writes files, before the command runs: nothing but what this wrote is there, so no path can lead out by a link. */
    void write(Map<String, InputFile> files) throws IOException {
        for (Map.Entry<String, InputFile> file : files.entrySet()) {
            StagedPath path = StagedPath.of(file.getKey());
            DirectoryTree.create(path.folderIn(work));
            Files.write(path.in(work), file.getValue().bytes(), StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        }
    }

    /**
     * Reads files that the command has left; those that are not there, are no plain files, or are reached by a link are
     * left out.
     *
     * @param paths of the files
     * @param limit how many bytes to read in all; a file for which there is not enough room is truncated
     */
    Map<String, OutputFile> read(List<String> paths, int limit) throws IOException {
        Map<String, OutputFile> files = new LinkedHashMap<>();
        int room = limit;
        for (String path : paths) {
            Optional<Path> file = plainFile(StagedPath.of(path));
            if (file.isPresent() && !files.containsKey(path)) {
                byte[] beginning = beginning(file.get(), room);
                files.put(path, OutputFile.of(beginning, Files.size(file.get())));
                room -= beginning.length;
            }
        }
        return files;
    }

    private Optional<Path> plainFile(StagedPath path) throws IOException {
        Path place = path.in(work);
        boolean plain = Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
                && place.toRealPath().equals(path.in(work.toRealPath()));
        return plain ? Optional.of(place) : Optional.empty();
    }

    private static byte[] beginning(Path file, int most) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(most);
        }
    }

    @Override
    public void close() {
        StagingArea.delete(base);
    }
}
