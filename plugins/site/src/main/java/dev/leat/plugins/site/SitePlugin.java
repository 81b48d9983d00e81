package dev.leat.plugins.site;

import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import dev.leat.plugins.site.output.StepObserver;
import dev.leat.plugins.site.path.Roots;
import java.time.Duration;
import java.util.List;

/**
 * The plugin {@code site}. Its jobs read and write below the folders that {@value Roots#VARIABLE} in the environment of
 * the worker names, by default below {@code sites} in its working directory, and nowhere else. All workers that host the
 * plugin need to see the same folders.
 */
public final class SitePlugin implements Plugin {

    private static final Duration FEW_MINUTES = Duration.ofMinutes(5);

    private final Workshop workshop;

    /**
     * For the service loader.
     *
     * @throws IllegalArgumentException if {@value Roots#VARIABLE} names no folder
     */
    public SitePlugin() {
        this(Roots.of(System.getenv()));
    }

    /** @param roots below which the jobs read and write */
    SitePlugin(Roots roots) {
        this.workshop = new Workshop(roots, StepObserver.NONE);
    }

    @Override
    public String id() {
        return "site";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(
                JobType.named("build", BuildInput.class, BuildResult.class)
                        .describedAs(
                                "Builds a static site from Markdown and templates, and serves it if there is no error.")
                        .handledBy(refusing(new BuildHandler(workshop))),
                JobType.named("render-section", RenderSectionInput.class, RenderSectionResult.class)
                        .describedAs("Renders one section of a page, for site:assemble to put into it.")
                        .timeout(FEW_MINUTES).handledBy(refusing(new RenderSectionHandler(workshop))),
                JobType.named("assemble", AssembleInput.class, BuildResult.class)
                        .describedAs(
                                "Puts one page together from its rendered sections, and serves it with the rest of the site.")
                        .handledBy(refusing(new AssembleHandler(workshop))),
                JobType.named("rollback", RollbackInput.class, RollbackResult.class)
                        .describedAs("Serves the build again that was served before.")
                        .timeout(FEW_MINUTES).handledBy(refusing(new RollbackHandler(workshop))));
    }

    private static <I extends Record, R> JobHandler<I, R> refusing(JobHandler<I, R> handler) {
        return new RefusingHandler<>(handler);
    }
}
