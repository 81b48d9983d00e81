package dev.leat.plugins.site;

import dev.leat.plugin.JobContext;
import dev.leat.plugins.site.content.Problem;
import dev.leat.plugins.site.output.BuildId;
import dev.leat.plugins.site.output.BuildStore;
import dev.leat.plugins.site.output.Manifest;
import dev.leat.plugins.site.output.StagedBuild;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One job's build, from its first file until it is served: once for each job, in however many attempts. One thread, which
 * holds the lock of the output.
 */
final class Publication {

    /** Writes the files of a build. */
    @FunctionalInterface
    interface Writing {
        void to(Publication publication) throws RefusedException, IOException;
    }

    private final BuildStore store;
    private final String outputDir;
    private final StagedBuild staged;
    private final SortedMap<String, String> pages = new TreeMap<>();
    private final Problems errors = new Problems();
    private final Problems warnings = new Problems();
    private int built;
    private int reused;

    private Publication(BuildStore store, String outputDir, StagedBuild staged) {
        this.store = store;
        this.outputDir = outputDir;
        this.staged = staged;
    }

    /**
     * Has a build written, and serves it if there is no error. Where an earlier attempt of the job has come that far,
     * nothing is written: its build is served, unless something else has been served since.
     *
     * @param outputDir as the job names it
     * @param keep how many builds are kept
     */
    static BuildResult publish(BuildStore store, JobContext context, String outputDir, int keep, Writing writing)
            throws RefusedException, IOException {
        Optional<BuildId> earlier = store.madeBy(context.jobId());
        if (earlier.isPresent()) {
            return finish(store, earlier.get(), outputDir, keep);
        }
        StagedBuild staged = store.stage(context.jobId());
        Publication publication = new Publication(store, outputDir, staged);
        try {
            writing.to(publication);
            if (publication.errors.count() > 0) {
                return publication.failure();
            }
            context.throwIfCancelled();
            store.seal(staged, publication.manifest());
        } finally {
            store.discard(staged);
        }
        return finish(store, staged.id(), outputDir, keep);
    }

    /** The files of the build. */
    StagedBuild files() {
        return staged;
    }

    /** Counts a page that was rendered. */
    void built(String outputFile, String hash) {
        pages.put(outputFile, hash);
        built++;
    }

    /** Counts a page that was taken over. */
    void reused(String outputFile, String hash) {
        pages.put(outputFile, hash);
        reused++;
    }

    void error(String file, String reason) {
        errors.add(file, reason);
    }

    void errors(List<Problem> problems) {
        errors.addAll(problems);
    }

    void warnings(List<Problem> problems) {
        warnings.addAll(problems);
    }

    private Manifest manifest() throws RefusedException, IOException {
        return new Manifest(store.served(), built, reused, warnings.first(), warnings.count(), pages);
    }

    private BuildResult failure() {
        return new BuildResult(false, built, reused, errors.first(), errors.count(), warnings.first(), warnings.count(),
                outputDir, Optional.empty());
    }

    private static BuildResult finish(BuildStore store, BuildId build, String outputDir, int keep)
            throws RefusedException, IOException {
        Manifest manifest = store.manifest(build);
        if (store.served().equals(manifest.previous())) {
            store.serve(build);
        }
        store.prune(keep);
        return new BuildResult(true, manifest.built(), manifest.reused(), List.of(), 0, manifest.warnings(),
                manifest.warningCount(), outputDir, Optional.of(build.toString()));
    }
}
