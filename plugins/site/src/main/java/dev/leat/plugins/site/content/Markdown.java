package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.RefusedException;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown to HTML: CommonMark with GitHub's tables, and headings that can be linked to. Links and images lead to http,
 * https, mailto and relative addresses only.
 *
 * @param allowHtml whether HTML is left as it is; otherwise it is shown as text
 */
record Markdown(boolean allowHtml) {

    /** Quotes in lists in quotes; what is deeper is taken as text. */
    private static final int DEEPEST = 50;
    /** The library's own list has data, too, which can hold a page with scripts. */
    private static final List<String> SCHEMES = List.of("http", "https", "mailto");
    private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create()))
            .maxOpenBlockParsers(DEEPEST).build();

    /**
     * @param idPrefix put before the ids of headings, so that those of two sections of one page differ; may be empty
     * @throws RefusedException if emphasis, links and quotes are nested too deeply to be meant
     */
    String toHtml(String markdown, String idPrefix) throws RefusedException {
        List<Extension> extensions = List.of(TablesExtension.create(),
                HeadingAnchorExtension.builder().idPrefix(idPrefix).build());
        HtmlRenderer renderer = HtmlRenderer.builder().extensions(extensions).escapeHtml(!allowHtml).sanitizeUrls(true)
                .urlSanitizer(new DefaultUrlSanitizer(SCHEMES))
                .percentEncodeUrls(true).build();
        try {
            return renderer.render(PARSER.parse(markdown));
        } catch (StackOverflowError e) {
            throw new RefusedException("Expected Markdown of a reasonable depth, but it is nested too deeply");
        }
    }
}
