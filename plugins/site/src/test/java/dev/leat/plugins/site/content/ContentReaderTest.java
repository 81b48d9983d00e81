package dev.leat.plugins.site.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentReaderTest {

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeSite() throws IOException {
        folder = temporary.toRealPath();
        Files.createDirectories(folder.resolve("content"));
        Files.createDirectories(folder.resolve("templates"));
        write("../site.yaml", "");
    }

    @Test
    void shouldGiveEachFileARouteAndAPlace() throws Exception {
        write("index.md", "");
        write("about.md", "");
        write("blog/index.md", "");
        write("blog/first.md", "");
        write("_ignored.md", "");
        write(".hidden/x.md", "");

        assertThat(read().pages()).extracting(Page::route, Page::outputFile).map(Object::toString).containsExactly(
                "(\"/\", \"index.html\")", "(\"/about/\", \"about/index.html\")", "(\"/blog/\", \"blog/index.html\")",
                "(\"/blog/first/\", \"blog/first/index.html\")");
    }

    @Test
    void shouldOrderPagesByOrderThenRoute() throws Exception {
        write("c.md", "---\norder: -1\n---\n");
        write("b.md", "");
        write("a.md", "---\norder: 1\n---\n");

        assertThat(read().pages()).extracting(Page::route).containsExactly("/c/", "/b/", "/a/");
    }

    @Test
    void shouldShowDraftsOnlyWhereTheSiteDoes() throws Exception {
        write("a.md", "---\ndraft: true\n---\n");
        write("t/_page.md", "");
        write("t/s.md", "---\ndraft: true\n---\n");
        assertThat(read().pages()).singleElement().satisfies(page -> assertThat(page.sections()).isEmpty());

        write("../site.yaml", "drafts: true");
        assertThat(read().pages()).extracting(Page::route).containsExactly("/a/", "/t/");
        assertThat(read().pages().getLast().sections()).extracting(Section::name).containsExactly("s");
    }

    @Test
    void shouldMakeOnePageOfAFolderWithAPageFile() throws Exception {
        write("tour/_page.md", "---\ntitle: Tour\n---\n");
        write("tour/b.md", "");
        write("tour/a.md", "---\norder: 2\n---\n");
        write("tour/c.md", "---\norder: 1\n---\n");
        write("tour/more/x.md", "");

        Content content = read();

        assertThat(content.pages()).extracting(Page::route).containsExactly("/tour/", "/tour/more/x/");
        assertThat(content.sectionedPage("tour").sections()).extracting(Section::name).containsExactly("b", "c", "a");
    }

    @Test
    void shouldShowTheSectionsThatThePageNames() throws Exception {
        write("tour/_page.md", "---\nsections: [c, a, none]\n---\n");
        write("tour/a.md", "");
        write("tour/b.md", "");
        write("tour/c.md", "");

        Content content = read();

        assertThat(content.sectionedPage("/tour/").sections()).extracting(Section::name).containsExactly("c", "a");
        assertThat(content.errors()).containsExactly(new Problem("content/tour/_page.md",
                "Expected a section 'none' beside the page, but there is none"));
    }

    @Test
    void shouldNotLetTwoFilesMakeOneRoute() throws Exception {
        write("about.md", "");
        write("about/index.md", "");

        assertThat(read().errors()).singleElement().extracting(Problem::reason).asString().contains("/about/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.md", "ä.md", "a%2e.md", "-a.md", "a\n.md", "a\"b/x.md", "a:b.md"})
    void shouldRefuseNamesThatAreNoPartOfAUrl(String name) throws Exception {
        write(name, "");

        assertThat(read().errors()).singleElement().extracting(Problem::reason).asString()
                .startsWith("Expected a name");
        assertThat(read().pages()).isEmpty();
    }

    @Test
    void shouldWarnOfWhatIsNoMarkdown() throws Exception {
        write("a.txt", "");

        assertThat(read().warnings()).extracting(Problem::file).containsExactly("content/a.txt");
    }

    @Test
    void shouldNameAFileThatIsNotUtf8() throws Exception {
        Files.write(folder.resolve("content/a.md"), new byte[]{'a', (byte) 0xff});

        assertThat(read().errors()).containsExactly(
                new Problem("content/a.md", "Expected UTF-8, but it has other bytes"));
    }

    @Test
    void shouldReadFilesOfOtherSystems() throws Exception {
        write("a.md", "\uFEFF---\r\ntitle: T\r\n---\r\nText\r\n");

        assertThat(read().pages()).singleElement().satisfies(page -> {
            assertThat(page.document().title()).isEqualTo("T");
            assertThat(page.document().markdown()).isEqualTo("Text\n");
        });
    }

    @Test
    void shouldRefuseAFileThatIsTooLong() throws Exception {
        write("a.md", "x".repeat((1 << 20) + 1));

        assertThat(read().errors()).containsExactly(
                new Problem("content/a.md", "Expected at most 1048576 bytes, but it has more"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"titel: T", "baseUrl: 'javascript:x'", "baseUrl: http://h/?q", "keepBuilds: 1",
            "keepBuilds: 6", "- a", "drafts: 1", "baseUrl: 'http:///x'"})
    void shouldRefuseAConfigurationThatIsWrong(String line) throws Exception {
        write("../site.yaml", line);

        assertThatThrownBy(this::read).isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("site.yaml: Expected ");
    }

    private Content read() throws RefusedException, IOException {
        return ContentReader.read(SiteConfig.read(folder.resolve("site.yaml")));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("content").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
