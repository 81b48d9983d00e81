package dev.leat.plugins.site.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugins.site.path.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {

    @Test
    void shouldReadAllOfTheFrontMatter() throws RefusedException {
        Document document = parse("""
                ---
                title: "One: two"
                description: Short
                template: post
                order: -3
                draft: true
                date: 2026-05-01
                tags: [a, 5, true]
                sections: [b, a]
                colour: red
                ---
                # Text
                """);

        assertThat(document.matter()).isEqualTo(new FrontMatter(Optional.of("One: two"), "Short", "post", -3, true,
                "2026-05-01", List.of("a", "5", "true"), List.of("b", "a"), Set.of("colour")));
        assertThat(document.markdown()).isEqualTo("# Text\n");
        assertThat(document.title()).isEqualTo("One: two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Text", "---\n---\nText", "---\n\n---\nText", "---\n# nothing\n---\nText"})
    void shouldDoWithoutFrontMatter(String text) throws RefusedException {
        Document document = parse(text);

        assertThat(document.markdown()).isEqualTo("Text");
        assertThat(document.title()).isEqualTo("name");
        assertThat(document.matter().template()).isEqualTo("page");
    }

    @Test
    void shouldEndWithTheFrontMatter() throws RefusedException {
        assertThat(parse("---\ntitle: T\n---").markdown()).isEmpty();
        assertThat(parse("---\ntitle: T\n---").title()).isEqualTo("T");
    }

    @ParameterizedTest
    @CsvSource({"'---\ntitle: T\n', to end with a line ---", "'---\n- a\n---\n', a map of keys and values",
            "'---\na: b: c\n---\n', 'Expected YAML, but got'", "'---\ntitle: [a]\n---\n', to be text",
            "'---\ndraft: maybe\n---\n', to be true or false", "'---\norder: 1.5\n---\n', to be a whole number",
            "'---\ntags: a\n---\n', to be a list", "'---\ntitle: a\ntitle: b\n---\n', 'Expected YAML, but got'",
            "'---\ntemplate: Ä\n---\n', to be the name of a template"})
    void shouldSayWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(RefusedException.class).hasMessageContaining(reason);
    }

    @Test
    void shouldMakeNoObjectsOfTags() {
        assertThatThrownBy(() -> parse("---\ntitle: !!java.net.URL [http://localhost/]\n---\n"))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void shouldNotExpandAliasesThatMultiply() {
        StringBuilder bomb = new StringBuilder("---\na0: &a0 [x, x]\n");
        for (int level = 1; level < 60; level++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
        }

        assertThatThrownBy(() -> parse(bomb + "---\n")).isInstanceOf(RefusedException.class);
    }

    @Test
    void shouldNotFallOverDeepLists() {
        assertThatThrownBy(() -> parse("---\ntitle: " + "[".repeat(100_000) + "\n---\n"))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void shouldHaveAnotherHashWithAnotherText() throws RefusedException {
        assertThat(parse("a").hash()).isEqualTo(parse("a").hash()).isNotEqualTo(parse("b").hash());
    }

    private static Document parse(String text) throws RefusedException {
        return Document.parse("content/name.md", "name", text);
    }
}
