package dev.leat.plugins.site.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {

    @TempDir
    Path folder;

    @Test
    void shouldEscapeWhatIsNotMeantAsHtml() throws Exception {
        assertThat(fill("<a title=\"{{title}}\">{{{title}}}</a>", Map.of("title", "\"<b>'&")))
                .isEqualTo("<a title=\"&quot;&lt;b&gt;&#39;&amp;\">\"<b>'&</a>");
    }

    @Test
    void shouldLeaveOutSectionsOfWhatIsNotThereOrEmpty() throws Exception {
        assertThat(fill("{{#none}}a{{/none}}{{#page.empty}}b{{/page.empty}}{{^page.list}}c{{/page.list}}",
                Map.of("page", Map.of("empty", "", "list", List.of())))).isEqualTo("c");
    }

    @Test
    void shouldNameAMistypedValueWithItsLine() {
        assertThatThrownBy(() -> fill("\n{{titel}}", Map.of("title", "T"))).isInstanceOf(RefusedException.class)
                .hasMessageContaining("template page.html").hasMessageContaining("titel")
                .hasMessageContaining("line 2");
    }

    /** What an engine that reflects on objects would find. */
    @ParameterizedTest
    @ValueSource(strings = {"{{title.class}}", "{{title.bytes}}", "{{title.length}}", "{{title.getClass}}",
            "{{title.class.classLoader}}", "{{#title}}{{toUpperCase}}{{/title}}", "{{list.class}}", "{{list.size}}",
            "{{list.hashCode}}"})
    void shouldSeeNoMembersOfObjects(String template) {
        assertThatThrownBy(() -> fill(template, Map.of("title", "t", "list", List.of("a"))))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void shouldIncludeItsNeighbours() throws Exception {
        write("header", "<{{title}}>");

        assertThat(fill("{{>header}}!", Map.of("title", "T"))).isEqualTo("<T>!");
    }

    @Test
    void shouldSayWhichIncludeIsMissing() {
        assertThatThrownBy(() -> fill("{{>header}}", Map.of())).isInstanceOf(RefusedException.class)
                .hasMessageContaining("Expected a template header.html to include, but there is none");
    }

    @Test
    void shouldEndWhenATemplateIncludesItself() {
        assertThatThrownBy(() -> fill("{{>page}}", Map.of())).isInstanceOf(RefusedException.class)
                .hasMessageContaining("includes itself");
    }

    @Test
    void shouldRefuseAPageThatGrowsWithoutBound() {
        String nested = "{{#list}}".repeat(9) + "{{{.}}}" + "{{/list}}".repeat(9);

        assertThatThrownBy(() -> fill(nested, Map.of("list", Collections.nCopies(100, "x".repeat(100)))))
                .isInstanceOf(RefusedException.class).hasMessageContaining("Expected at most");
    }

    @Test
    void shouldNameATemplateThatIsNoTemplate() {
        assertThatThrownBy(() -> fill("{{#open}}", Map.of())).isInstanceOf(RefusedException.class)
                .hasMessageContaining("template page.html");
    }

    @Test
    void shouldHaveAnotherHashWithAnotherText() throws Exception {
        write("page", "a");
        String first = Templates.read(folder).hash();
        write("page", "b");

        assertThat(Templates.read(folder).hash()).isNotEqualTo(first);
    }

    private String fill(String template, Map<String, Object> data) throws RefusedException, IOException {
        write("page", template);
        return Templates.read(folder).fill("page", data);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".html"), text);
    }
}
