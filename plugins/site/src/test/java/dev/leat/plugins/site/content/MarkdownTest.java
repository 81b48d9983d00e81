package dev.leat.plugins.site.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugins.site.path.RefusedException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

    private final Markdown markdown = new Markdown(false);

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b",
            "<div onclick='x'>\n\n</div>",
            "| a |\n|---|\n| <script>x</script> |", "# <script>x</script>", "<!-- x --><script>", "`<script>`"})
    void shouldShowHtmlAsText(String text) throws RefusedException {
        assertThat(markdown.toHtml(text, "")).doesNotContainIgnoringCase("<script", "<img", "<div").contains("&lt;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](<java\tscript:alert(1)>)",
            "[x](&#106;avascript:alert(1))", "![x](javascript:alert(1))", "[x](vbscript:x)", "[x](data:text/html,x)",
            "<javascript:alert(1)>", "[x]\n\n[x]: javascript:alert(1)"})
    void shouldLeadToNoScript(String text) throws RefusedException {
        assertThat(markdown.toHtml(text, "")).doesNotContainPattern("(?i)(href|src)=\"\\s*(java|vb|data)");
    }

    @Test
    void shouldKeepQuotesInsideOfAttributes() throws RefusedException {
        assertThat(markdown.toHtml("[x](http://a/\"onclick=\"y 'a\"b<c')", "")).doesNotContain("\"onclick=");
    }

    @Test
    void shouldLeaveHtmlWhereThatIsAllowed() throws RefusedException {
        assertThat(new Markdown(true).toHtml("<b>bold</b>", "")).isEqualTo("<p><b>bold</b></p>\n");
    }

    @Test
    void shouldGiveHeadingsTheIdOfTheirSection() throws RefusedException {
        assertThat(markdown.toHtml("## In figures", "wheel-"))
                .isEqualTo("<h2 id=\"wheel-in-figures\">In figures</h2>\n");
    }

    @Test
    void shouldTakeQuotesThatAreTooDeepAsText() throws RefusedException {
        assertThat(markdown.toHtml(">".repeat(10_000) + "a", "")).contains("&gt;&gt;");
    }

    /** On a stack that is soon full, as on any other with more of it. */
    @Test
    void shouldRefuseEmphasisInEmphasisWithoutEnd() throws InterruptedException {
        String nested = "*a **b ".repeat(20_000) + "b** a*".repeat(20_000);
        AtomicReference<Object> end = new AtomicReference<>("nothing");

        Thread thread = new Thread(null, () -> {
            try {
                end.set(markdown.toHtml(nested, ""));
            } catch (RefusedException e) {
                end.set(e.reason());
            }
        }, "small stack", 1 << 17);
        thread.start();
        thread.join();

        assertThat(end.get()).isEqualTo("Expected Markdown of a reasonable depth, but it is nested too deeply");
    }
}
