package dev.leat.plugins.site.output;

import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where a site is served from: a link to one of the builds beside it. A web server follows the link; it sees one build or
 * another, never a mixture.
 *
 * <pre>
 * public -> .public.builds/12-3f0c…/site      the link: replaced by one rename
 * .public.builds/
 *     lock                                    held by who changes anything here
 *     11-9d41…/  site/  manifest.yaml         a complete build, kept to roll back to
 *     12-3f0c…/  site/  manifest.yaml         the served one
 *     tmp-13-77aa…/                           a build that is not complete, or one that is being deleted
 *     next -> .public.builds/…                what is about to become the link
 *     fragments/  rollbacks/                  see {@link FragmentStore} and {@link RollbackJournal}
 * </pre>
 *
 * <p><b>Invariant.</b> A folder without {@code tmp-} is a complete build and never changes; the link leads to one of
 * these, or there is none. That holds between any two steps, so a process may end anywhere; the next holder of the lock
 * deletes what is left over.
 *
 * @param link where the link is, or will be
 * @param builds the folder of the builds
 */
public record Output(Path link, Path builds) {

    private static final String SITE = "site";

    /**
     * The output of which this is the link.
     *
     * @param link a path whose parent is real
     */
    public static Output at(Path link) {
        return new Output(link, link.resolveSibling("." + lastName(link) + ".builds"));
    }

    /**
     * The build that the link leads to; empty where there is nothing, or an empty folder.
     *
     * @throws RefusedException if something is there that no build made: it would be lost
     */
    public Optional<BuildId> served() throws RefusedException, IOException {
        if (Files.isSymbolicLink(link)) {
            Path target = Files.readSymbolicLink(link);
            Optional<BuildId> build = target.getNameCount() == 3
                    ? BuildId.parse(target.getName(1).toString())
                    : Optional.empty();
            if (build.isPresent() && target.equals(target(build.get()))) {
                return build;
            }
            throw occupied("a link that leads elsewhere");
        }
        if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(link)) {
                if (entries.iterator().hasNext()) {
                    throw occupied("a folder that is not empty");
                }
            }
        } else if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            throw occupied("a file");
        }
        return Optional.empty();
    }

    /** The folder of a build, with its site and its manifest. */
    Path folder(BuildId build) {
        return builds.resolve(build.toString());
    }

    /** The files of a build, as a web server gives them. */
    public Path site(BuildId build) {
        return site(folder(build));
    }

    /** The same of a build's folder, wherever it is. */
    static Path site(Path folder) {
        return folder.resolve(SITE);
    }

    /**
     * Makes the link lead to a build, by one rename.
     *
     * @throws IOException if that fails; the link is then as it was
     */
    void serve(BuildId build, StepObserver observer) throws IOException {
        Path next = builds.resolve("next");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, target(build));
        observer.reached(Step.LINKED);
        if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            // Only an empty one can be deleted, and a link cannot be renamed onto it.
            Files.delete(link);
        }
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        observer.reached(Step.SERVED);
    }

    /** Relative, so that all may be moved together. */
    private Path target(BuildId build) {
        return Path.of(lastName(builds), build.toString(), SITE);
    }

    private RefusedException occupied(String what) {
        return new RefusedException("Expected the output '%s' not to exist yet, or to be made by a build, but it is %s"
                .formatted(lastName(link), what));
    }

    private static String lastName(Path path) {
        return path.getName(path.getNameCount() - 1).toString();
    }
}
