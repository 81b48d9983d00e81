package dev.leat.plugins.site.output;

import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Which job has rolled back what; without it, a second attempt would go back one build further. */
public final class RollbackJournal {

    private static final int MOST_BYTES = 1000;

    private final SmallFiles files;

    RollbackJournal(Path folder) {
        this.files = new SmallFiles(folder, MOST_BYTES);
    }

    /**
     * A way back.
     *
     * @param from what was served
     * @param to what is to be served
     */
    public record Rollback(BuildId from, BuildId to) {}

    /** What an earlier attempt of a job has decided in the last week. */
    public Optional<Rollback> of(UUID job) throws RefusedException, IOException {
        return files.read(job.toString()).flatMap(RollbackJournal::parse);
    }

    void note(UUID job, Rollback rollback) throws IOException {
        files.write(job.toString(), rollback.from() + " " + rollback.to());
    }

    void forget(Instant before) throws IOException {
        files.forget(before);
    }

    private static Optional<Rollback> parse(String line) {
        int space = Math.max(0, line.indexOf(' '));
        return BuildId.parse(line.substring(0, space))
                .flatMap(from -> BuildId.parse(line.substring(space + 1)).map(to -> new Rollback(from, to)));
    }
}
