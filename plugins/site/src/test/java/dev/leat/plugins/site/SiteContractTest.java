package dev.leat.plugins.site;

import dev.leat.plugin.test.JobHandlerContract;
import dev.leat.plugin.test.JobHandlerTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each handler keeps the contract of handlers, except that jobs for one output take turns. */
class SiteContractTest {

    private static final String NEVER_BUILT = "other";

    @TempDir
    private Path folder;
    private ExampleSite site;

    @BeforeEach
    void makeSite() throws IOException {
        site = ExampleSite.in(folder);
    }

    @Nested
    class Build extends JobHandlerContract {

        private static final String LONG_CONFIG = "long/site.yaml";

        /** Two hundred pages of 100,000 characters. */
        @BeforeEach
        void makeLongSite() throws IOException {
            Path config = site.root().resolve(LONG_CONFIG);
            Path content = Files.createDirectories(config.resolveSibling("content"));
            Path templates = Files.createDirectories(config.resolveSibling("templates"));
            Files.writeString(config, "title: A long site\n");
            Files.writeString(templates.resolve("page.html"), "{{{page.content}}}");
            Path first = Files.writeString(content.resolve("index.md"), "*all* of [it](/) `again`\n".repeat(4000));
            for (int page = 1; page < 200; page++) {
                Files.createLink(content.resolve("page-%d.md".formatted(page)), first);
            }
        }

        @Override
        protected JobHandlerTester tester() {
            return site.plugin().type("build");
        }

        /** Each has an output of its own, for a job that has built one does not build it again. */
        @Override
        protected List<? extends Record> validInputs() {
            return List.of(ExampleSite.WHOLE, new BuildInput("clean", ExampleSite.CONFIG, true),
                    new BuildInput(NEVER_BUILT, "mill/none.yaml", false),
                    new BuildInput("../out", ExampleSite.CONFIG, false));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{}", "{\"outputDir\": \"public\"}",
                    "{\"outputDir\": \" \", \"siteConfig\": \"mill/site.yaml\"}",
                    "{\"outputDir\": \"public\", \"siteConfig\": \"\"}");
        }

        @Override
        protected Optional<? extends Record> longInput() {
            return Optional.of(new BuildInput("long-public", LONG_CONFIG, false));
        }

        @Override
        @Test
        @Disabled("Jobs for one output take turns: who finds another one at work snoozes")
        public void shouldRunSideBySideAsAlone() {}
    }

    @Nested
    class RenderSection extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return site.plugin().type("render-section");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(section("/tour/", "wheel"), section("tour", "weir"), section("/tour/", "roof"),
                    section("/visit/", "wheel"));
        }

        private static RenderSectionInput section(String page, String section) {
            return new RenderSectionInput(ExampleSite.OUTPUT, ExampleSite.CONFIG, page, section);
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{}", """
                    {"outputDir": "public", "siteConfig": "mill/site.yaml", "page": "/tour/"}""", """
                    {"outputDir": "public", "siteConfig": "mill/site.yaml", "page": " ", "section": "wheel"}""");
        }
    }

    @Nested
    class Assemble extends JobHandlerContract {

        @BeforeEach
        void renderAll() {
            site.built();
            for (String section : List.of("weir", "wheel", "stones")) {
                var _ = site.renderSection("/tour/", section).result(RenderSectionResult.class);
            }
        }

        @Override
        protected JobHandlerTester tester() {
            return site.plugin().type("assemble");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new AssembleInput(ExampleSite.OUTPUT, ExampleSite.CONFIG, "/tour/"),
                    new AssembleInput(NEVER_BUILT, ExampleSite.CONFIG, "/tour/"),
                    new AssembleInput(NEVER_BUILT, ExampleSite.CONFIG, "/visit/"));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{}", "{\"outputDir\": \"public\", \"siteConfig\": \"mill/site.yaml\"}",
                    "{\"outputDir\": \"public\", \"siteConfig\": \"mill/site.yaml\", \"page\": \"\"}");
        }

        @Override
        @Test
        @Disabled("Jobs for one output take turns: who finds another one at work snoozes")
        public void shouldRunSideBySideAsAlone() {}
    }

    @Nested
    class Rollback extends JobHandlerContract {

        @BeforeEach
        void buildTwice() {
            site.built();
            site.built();
        }

        @Override
        protected JobHandlerTester tester() {
            return site.plugin().type("rollback");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(new RollbackInput(ExampleSite.OUTPUT), new RollbackInput(NEVER_BUILT));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{}", "{\"outputDir\": \" \"}", "{\"outputDir\": \"%s\"}".formatted("x".repeat(1001)));
        }

        @Override
        @Test
        @Disabled("Each job goes one build further back, and jobs for one output take turns")
        public void shouldRunSideBySideAsAlone() {}
    }
}
