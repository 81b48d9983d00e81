package dev.leat.plugins.site.output;

import dev.leat.plugins.site.path.PlainFile;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The builds of one {@link Output}, in the hands of who holds its lock; one thread.
 */
public final class BuildStore {

    private static final String TEMPORARY = "tmp-";
    /** Far longer than a job is retried, or a batch runs, in practice. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Output output;
    private final StepObserver observer;

    /** A store whose observer is told of each step. */
    public BuildStore(Output output, StepObserver observer) {
        this.output = output;
        this.observer = observer;
    }

    /** The build that is served. */
    public Optional<BuildId> served() throws RefusedException, IOException {
        return output.served();
    }

    /** The build that a job has completed, in whichever attempt, if it is still kept. */
    public Optional<BuildId> madeBy(UUID job) throws IOException {
        return builds().stream().filter(build -> build.job().equals(job)).findFirst();
    }

    /** Whether a build is still kept. */
    public boolean has(BuildId build) throws IOException {
        return builds().contains(build);
    }

    /**
     * What is known of a complete build.
     *
     * @throws RefusedException if somebody has changed the build's folder
     */
    public Manifest manifest(BuildId build) throws RefusedException, IOException {
        return Manifest.parse(PlainFile.text(output.folder(build).resolve(Manifest.FILE), Manifest.MOST_BYTES));
    }

    /** The files of a build, as a web server gives them. */
    public Path site(BuildId build) {
        return output.site(build);
    }

    /** The rollbacks of this output. */
    public RollbackJournal rollbacks() {
        return new RollbackJournal(output.builds().resolve("rollbacks"));
    }

    /** The fragments for this output. */
    public FragmentStore fragments() {
        return FragmentStore.of(output);
    }

    /** Deletes what ended processes left, and what is a week old. */
    public void clean(Instant now) throws IOException {
        for (Path entry : entries()) {
            if (entry.getFileName().toString().startsWith(TEMPORARY)) {
                FileTree.delete(entry);
            }
        }
        fragments().forget(now.minus(REMEMBERED));
        rollbacks().forget(now.minus(REMEMBERED));
        observer.reached(Step.CLEANED);
    }

    /**
     * Begins a build, with a number above all others.
     *
     * @return a folder that is empty but for one for the site's files
     */
    public StagedBuild stage(UUID job) throws IOException {
        List<BuildId> builds = builds();
        BuildId id = new BuildId(builds.isEmpty() ? 1 : builds.getLast().number() + 1, job);
        Path folder = temporary(id);
        Files.createDirectories(Output.site(folder));
        observer.reached(Step.STAGED);
        return new StagedBuild(id, folder);
    }

    /** Completes a build, by one rename. */
    public void seal(StagedBuild build, Manifest manifest) throws IOException {
        Files.writeString(build.folder().resolve(Manifest.FILE), manifest.toYaml());
        observer.reached(Step.WRITTEN);
        Files.move(build.folder(), output.folder(build.id()), StandardCopyOption.ATOMIC_MOVE);
        observer.reached(Step.SEALED);
    }

    /** Deletes a build that is not to be completed. */
    public void discard(StagedBuild build) throws IOException {
        FileTree.delete(build.folder());
    }

    /** Serves a complete build. */
    public void serve(BuildId build) throws IOException {
        output.serve(build, observer);
    }

    /** Notes a rollback, so that an attempt that comes after it knows of it, and serves the older build. */
    public void rollBack(UUID job, RollbackJournal.Rollback rollback) throws IOException {
        rollbacks().note(job, rollback);
        observer.reached(Step.NOTED);
        serve(rollback.to());
    }

    /**
     * Deletes all builds but the served one and those that were served before it, one after the other.
     *
     * @param keep how many are left, at least 1
     */
    public void prune(int keep) throws RefusedException, IOException {
        Set<BuildId> kept = new HashSet<>();
        Optional<BuildId> next = served();
        while (next.isPresent() && kept.size() < keep && has(next.get())) {
            kept.add(next.get());
            next = manifest(next.get()).previous();
        }
        for (BuildId build : builds()) {
            if (!kept.contains(build)) {
                retire(build);
            }
        }
    }

    /** Renamed before it is deleted, for a folder of which half is deleted is no complete build. */
    private void retire(BuildId build) throws IOException {
        Path retired = temporary(build);
        Files.move(output.folder(build), retired, StandardCopyOption.ATOMIC_MOVE);
        observer.reached(Step.RETIRED);
        FileTree.delete(retired);
    }

    private Path temporary(BuildId build) {
        return output.builds().resolve(TEMPORARY + build);
    }

    /** The complete ones, the oldest first. */
    private List<BuildId> builds() throws IOException {
        return entries().stream().flatMap(entry -> BuildId.parse(entry.getFileName().toString()).stream()).sorted()
                .toList();
    }

    private List<Path> entries() throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(output.builds())) {
            stream.forEach(entries::add);
        }
        return entries;
    }
}
