package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.site.output.StepObserver;
import dev.leat.plugins.site.path.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A copy of the site in {@code example}, below a root of its own, and the jobs that can be run with it. */
final class ExampleSite {

    static final String CONFIG = "mill/site.yaml";
    static final String OUTPUT = "public";

    private static final Path ORIGINAL = Path.of("example");

    private final Path root;
    private final Workshop workshop;

    private ExampleSite(Path root, StepObserver observer) {
        this.root = root;
        this.workshop = new Workshop(new Roots("the roots of the test", List.of(root)), observer);
    }

    static ExampleSite in(Path folder) throws IOException {
        FileTrees.copy(ORIGINAL, folder.resolve("root"));
        return at(folder.resolve("root"));
    }

    /** One that is already there. */
    static ExampleSite at(Path root) {
        return new ExampleSite(root, StepObserver.NONE);
    }

    /** The same files, with an observer of each step. */
    ExampleSite observedBy(StepObserver observer) {
        return new ExampleSite(root, observer);
    }

    Path root() {
        return root;
    }

    /** The folder of the builds. */
    Path builds() {
        return root.resolve(".public.builds");
    }

    /** A file of the site's sources. */
    Path source(String name) {
        return root.resolve("mill").resolve(name);
    }

    void write(String source, String text) throws IOException {
        Files.createDirectories(source(source).resolveSibling(""));
        Files.writeString(source(source), text);
    }

    /** What a web server gives, by file. */
    SortedMap<String, String> served() throws IOException {
        return FileTrees.texts(root.resolve(OUTPUT).toRealPath());
    }

    /** The name of the build that the link leads to. */
    String servedBuild() throws IOException {
        return Files.readSymbolicLink(root.resolve(OUTPUT)).getName(1).toString();
    }

    /** What is left of jobs that did not end. */
    List<String> leftovers() throws IOException {
        try (Stream<Path> entries = Files.list(builds())) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith("tmp-") || name.equals("next")).toList();
        }
    }

    /** The builds that are kept. */
    List<String> keptBuilds() throws IOException {
        try (Stream<Path> entries = Files.list(builds())) {
            return entries.filter(entry -> Files.exists(entry.resolve("manifest.yaml"), LinkOption.NOFOLLOW_LINKS))
                    .map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    JobOutcome<BuildResult> build(JobContext context) throws Exception {
        return build(new BuildInput(OUTPUT, CONFIG, false), context);
    }

    JobOutcome<BuildResult> build(BuildInput input, JobContext context) throws Exception {
        return run(new BuildHandler(workshop), input, context);
    }

    /** Builds with a new job, which has to succeed. */
    BuildResult built() throws Exception {
        return built(false);
    }

    BuildResult built(boolean clean) throws Exception {
        BuildResult result = result(build(new BuildInput(OUTPUT, CONFIG, clean), RecordingContext.ofNewJob()));
        assertThat(result.errors()).isEmpty();
        assertThat(result.success()).isTrue();
        return result;
    }

    JobOutcome<RenderSectionResult> renderSection(String page, String section) throws Exception {
        return run(new RenderSectionHandler(workshop), new RenderSectionInput(OUTPUT, CONFIG, page, section),
                RecordingContext.ofNewJob());
    }

    JobOutcome<BuildResult> assemble(String page) throws Exception {
        return run(new AssembleHandler(workshop), new AssembleInput(OUTPUT, CONFIG, page), RecordingContext.ofNewJob());
    }

    JobOutcome<RollbackResult> rollBack(UUID job) throws Exception {
        return run(new RollbackHandler(workshop), new RollbackInput(OUTPUT), RecordingContext.of(job));
    }

    /** The result of a job that has to complete. */
    static <R> R result(JobOutcome<R> outcome) {
        return switch (outcome) {
            case JobOutcome.Succeeded<R>(R result) -> result;
            case JobOutcome<R> other -> throw new AssertionError("Expected success, but got " + other);
        };
    }

    /** The reason of a job that has to be refused. */
    static String refusal(JobOutcome<?> outcome) {
        return switch (outcome) {
            case JobOutcome.Failed<?>(String reason, JobOutcome.Retry.Never _) -> reason;
            case JobOutcome<?> other -> throw new AssertionError("Expected a refusal, but got " + other);
        };
    }

    private static <I extends Record, R> JobOutcome<R> run(JobHandler<I, R> handler, I input, JobContext context)
            throws Exception {
        return new RefusingHandler<>(handler).run(input, context);
    }

}
