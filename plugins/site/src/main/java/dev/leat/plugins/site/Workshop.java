package dev.leat.plugins.site;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.site.content.SiteConfig;
import dev.leat.plugins.site.output.BuildStore;
import dev.leat.plugins.site.output.Output;
import dev.leat.plugins.site.output.OutputLock;
import dev.leat.plugins.site.output.StepObserver;
import dev.leat.plugins.site.path.RefusedException;
import dev.leat.plugins.site.path.Roots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what a job names, and lets one job at a time change an output.
 *
 * @param roots below which everything has to be
 * @param observer told of each step of each change
 */
record Workshop(Roots roots, StepObserver observer) {

    /** Another job's build may take minutes; this is short enough not to be noticed after it. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    /** A change of an output. */
    @FunctionalInterface
    interface Change<R> {
        R apply(BuildStore store) throws RefusedException, IOException;
    }

    /** @throws RefusedException if there is none below the roots, or it is wrong */
    SiteConfig config(String path) throws RefusedException, IOException {
        return SiteConfig.read(roots.existing(path));
    }

    /** @throws RefusedException if it is not below the roots, or something else is there */
    Output output(String path) throws RefusedException, IOException {
        Output output = Output.at(roots.place(path));
        // Before anything is made beside it.
        output.served();
        return output;
    }

    /** @throws RefusedException also if a build would be read as a part of the site */
    Output output(String path, SiteConfig config) throws RefusedException, IOException {
        Output output = output(path);
        Optional<Path> around = Stream
                .concat(Stream.of(config.content(), config.templates()), config.assets().stream())
                .filter(folder -> output.link().startsWith(folder)).findFirst();
        if (around.isPresent()) {
            throw new RefusedException("Expected an output outside of what the site is made of, but '%s' is in %s"
                    .formatted(path, config.folder().relativize(around.get())));
        }
        return output;
    }

    /** Changes an output alone, after what ended processes left is deleted; snoozes where another job does. */
    <R> JobOutcome<R> alone(Output output, JobContext context, Change<R> change) throws RefusedException, IOException {
        Optional<OutputLock> lock = OutputLock.tryAcquire(output);
        if (lock.isEmpty()) {
            return JobOutcome.snooze(BUSY);
        }
        try (OutputLock _ = lock.get()) {
            BuildStore store = new BuildStore(output, observer);
            store.clean(context.clock().instant());
            return JobOutcome.succeeded(change.apply(store));
        }
    }
}
