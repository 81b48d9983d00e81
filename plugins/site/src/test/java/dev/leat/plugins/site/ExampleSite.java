package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.PluginTester;
import dev.leat.plugin.test.SettableClock;
import dev.leat.plugin.test.TestedAttempt;
import dev.leat.plugins.site.output.StepObserver;
import dev.leat.plugins.site.path.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A copy of the site in {@code example}, below a root of its own, and the jobs that can be run with it. */
final class ExampleSite {

    static final String CONFIG = "mill/site.yaml";
    static final String OUTPUT = "public";
    static final BuildInput WHOLE = new BuildInput(OUTPUT, CONFIG, false);

    private static final Path ORIGINAL = Path.of("example");

    private final Path root;
    private final Roots roots;
    private final Workshop workshop;

    private ExampleSite(Path root, StepObserver observer) {
        this.root = root;
        this.roots = new Roots("the roots of the test", List.of(root));
        this.workshop = new Workshop(roots, observer);
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

    /** The whole plugin, without the observer. */
    PluginTester plugin() {
        return JobHandlerTester.of(new SitePlugin(roots));
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

    /** Builds with a new job, whatever comes of it. */
    TestedAttempt build() {
        return build(WHOLE);
    }

    /** As {@link #build()}, with that job. */
    TestedAttempt build(UUID job) {
        return builder().jobId(job).run(WHOLE);
    }

    /** As {@link #build()}, with that input. */
    TestedAttempt build(BuildInput input) {
        return builder().run(input);
    }

    /** Builds with one new job. */
    JobHandlerTester builder() {
        return builder(buildHandler());
    }

    JobHandler<BuildInput, BuildResult> buildHandler() {
        return new BuildHandler(workshop);
    }

    /** As {@link #builder()}, with a handler around {@link #buildHandler}. */
    static JobHandlerTester builder(JobHandler<BuildInput, BuildResult> handler) {
        return tester(BuildInput.class, BuildResult.class, handler);
    }

    /** Builds with a new job, which has to succeed. */
    BuildResult built() {
        return built(false);
    }

    BuildResult built(boolean clean) {
        BuildResult result = build(new BuildInput(OUTPUT, CONFIG, clean)).result(BuildResult.class);
        assertThat(result.errors()).isEmpty();
        assertThat(result.success()).isTrue();
        return result;
    }

    TestedAttempt renderSection(String page, String section) {
        return tester(RenderSectionInput.class, RenderSectionResult.class, new RenderSectionHandler(workshop))
                .run(new RenderSectionInput(OUTPUT, CONFIG, page, section));
    }

    TestedAttempt assemble(String page) {
        return tester(AssembleInput.class, BuildResult.class, new AssembleHandler(workshop))
                .run(new AssembleInput(OUTPUT, CONFIG, page));
    }

    TestedAttempt rollBack(UUID job) {
        return tester(RollbackInput.class, RollbackResult.class, new RollbackHandler(workshop)).jobId(job)
                .run(new RollbackInput(OUTPUT));
    }

    /** The reason of a job that has to be refused. */
    static String refusal(TestedAttempt attempt) {
        return switch (attempt.outcome()) {
            case JobOutcome.Failed<?>(String reason, JobOutcome.Retry.Never _) -> reason;
            case JobOutcome<?> other -> throw new AssertionError("Expected a refusal, but got " + other);
        };
    }

    /** Runs one new job, now. */
    private static <I extends Record, R> JobHandlerTester tester(Class<I> input, Class<R> result,
            JobHandler<I, R> handler) {
        return JobHandlerTester
                .of(JobType.named("job", input, result).handledBy(new RefusingHandler<>(handler)))
                .jobId(UUID.randomUUID()).clock(SettableClock.at(Instant.now()));
    }
}
