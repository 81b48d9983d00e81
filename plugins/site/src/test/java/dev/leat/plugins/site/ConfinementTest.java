package dev.leat.plugins.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.test.InvalidInputException;
import dev.leat.plugin.test.TestedAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways out of the roots, none of which leads anywhere. */
class ConfinementTest {

    @TempDir
    Path folder;

    private ExampleSite site;
    private Path outside;

    @BeforeEach
    void makeOutside() throws IOException {
        site = ExampleSite.in(folder);
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret.md"), "the secret");
        Files.writeString(outside.resolve("secret.html"), "the secret");
        Files.writeString(outside.resolve("site.yaml"), "title: Outside\n");
        Files.createSymbolicLink(site.root().resolve("way-out"), outside);
        Files.createSymbolicLink(site.root().resolve("dangling"), outside.resolve("nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside/public", "mill/../../outside/public", "/tmp/public", "way-out/public", "..",
            ".", "/", "dangling/public", ".hidden", "a/.b/c", "\0", "mill/site.yaml", "mill", "way-out"})
    void shouldRefuseAnOutputOutOfTheRootsOrInPlaceOfSomethingElse(String outputDir) throws Exception {
        TestedAttempt attempt = build(outputDir, ExampleSite.CONFIG);

        assertThat(ExampleSite.refusal(attempt)).startsWith("Expected ");
        assertThat(FileTrees.texts(outside)).containsOnlyKeys("secret.md", "secret.html", "site.yaml");
        assertThat(site.root().resolve(".public.builds")).doesNotExist();
    }

    /** {@code RootsTest} shows that a handler would refuse it, too. */
    @Test
    void shouldTakeNoOutputWithoutAName() {
        assertThatThrownBy(() -> build("", ExampleSite.CONFIG)).isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("/outputDir");
        assertThat(site.builds()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside/site.yaml", "way-out/site.yaml", "/etc/passwd", "dangling", "mill/none.yaml",
            "mill", "mill/content/../../../outside/site.yaml"})
    void shouldRefuseAConfigurationOutOfTheRoots(String siteConfig) {
        assertThat(ExampleSite.refusal(build("public", siteConfig))).contains("Expected ").doesNotContain("Outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"content: ../../outside", "content: ../way-out", "content: /etc",
            "templates: ../../outside",
            "static: ../../outside", "content: ..", "content: site.yaml", "static: missing"})
    void shouldRefuseFoldersOutOfTheFolderOfTheConfiguration(String line) throws Exception {
        site.write("site.yaml", line + "\n");

        assertThat(ExampleSite.refusal(build("public", ExampleSite.CONFIG))).startsWith("site.yaml: Expected ");
    }

    @Test
    void shouldRefuseAFolderOfContentThatIsALinkToTheOutside() throws Exception {
        Files.createSymbolicLink(site.source("linked"), outside);
        site.write("site.yaml", "content: linked\n");

        assertThat(ExampleSite.refusal(build("public", ExampleSite.CONFIG))).startsWith("site.yaml: Expected ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"content/linked.md", "content/linked", "static/linked.html"})
    void shouldCallALinkAmongTheSourcesAnError(String link) throws Exception {
        Files.createSymbolicLink(site.source(link), outside.resolve("secret.md"));

        BuildResult result = build("public", ExampleSite.CONFIG).result(BuildResult.class);

        assertThat(result.success()).isFalse();
        assertThat(result.errors()).singleElement()
                .satisfies(error -> assertThat(error.file()).isEqualTo(link))
                .satisfies(error -> assertThat(error.reason()).contains("a symbolic link"));
    }

    @Test
    void shouldRefuseATemplateThatIsALink() throws Exception {
        Files.createSymbolicLink(site.source("templates/linked.html"), outside.resolve("secret.html"));

        assertThat(ExampleSite.refusal(build("public", ExampleSite.CONFIG))).contains("linked.html", "symbolic link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../outside/secret", "/etc/passwd", "header/../../x", "..", "a.html", ""})
    void shouldNotFindATemplateByAPath(String template) throws Exception {
        site.write("content/a.md", "---\ntemplate: \"%s\"\n---\n".formatted(template));

        BuildResult result = build("public", ExampleSite.CONFIG).result(BuildResult.class);

        assertThat(result.errors()).singleElement().satisfies(
                error -> assertThat(error.reason()).startsWith("Expected 'template' to be the name of a template"));
    }

    @Test
    void shouldNotIncludeATemplateByAPath() throws Exception {
        site.write("templates/page.html", "{{>../../outside/secret}}");

        BuildResult result = build("public", ExampleSite.CONFIG).result(BuildResult.class);

        assertThat(result.success()).isFalse();
        assertThat(result.errors()).allSatisfy(error -> assertThat(error.reason()).contains("to include"));
    }

    @Test
    void shouldRefuseAnOutputAmongTheSources() {
        assertThat(ExampleSite.refusal(build("mill/content/public", ExampleSite.CONFIG)))
                .isEqualTo(
                        "Expected an output outside of what the site is made of, but 'mill/content/public' is in content");
    }

    @Test
    void shouldRefuseAnOutputInsideOfABuild() {
        site.built();

        assertThat(ExampleSite.refusal(build("public/tour/inner", ExampleSite.CONFIG))).contains("begin with a dot");
    }

    @Test
    void shouldTakeThePlaceOfAnEmptyFolderOnly() throws Exception {
        Files.createDirectory(site.root().resolve("public"));
        site.built();
        assertThat(site.root().resolve("public")).isSymbolicLink();

        Files.createDirectories(site.root().resolve("full/of"));
        assertThat(ExampleSite.refusal(build("full", ExampleSite.CONFIG))).isEqualTo(
                "Expected the output 'full' not to exist yet, or to be made by a build, but it is a folder that is not empty");
        assertThat(site.root().resolve("full/of")).isDirectory();
    }

    private TestedAttempt build(String outputDir, String siteConfig) {
        return site.build(new BuildInput(outputDir, siteConfig, false));
    }
}
