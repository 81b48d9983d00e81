package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the HTML of pages and sections. The data of a template are {@code site} ({@code title}, {@code baseUrl},
 * {@code home}, {@code pages}) and {@code page} ({@code title}, {@code description}, {@code url}, {@code canonical},
 * {@code date}, {@code tags}, {@code content}, {@code sections}, each with {@code name}, {@code title} and {@code
 * content}). Only {@code content} is HTML, and meant for three braces.
 *
 * <p>One object serves one job, on one thread.
 */
public final class PageRenderer {

    /** Goes up when the same input gives other HTML than before, so that nothing old is taken over. */
    private static final String VERSION = "1";

    private final SiteConfig config;
    private final Templates templates;
    private final Markdown markdown;
    private final Map<String, Object> site;
    private final String siteHash;

    public PageRenderer(SiteConfig config, Templates templates, Content content) {
        this.config = config;
        this.templates = templates;
        this.markdown = new Markdown(config.allowHtml());
        this.site = Map.of("title", config.title(), "baseUrl", config.baseUrl().toString(), "home", config.basePath(),
                "pages", content.pages().stream().map(this::summary).toList());
        this.siteHash = Fingerprint.of(List.of(VERSION, config.hash(), templates.hash(), content.hash()));
    }

    /** The HTML of a whole page, with the HTML of its sections from a source. */
    public String page(Page page, SectionSource sections) throws RefusedException, IOException {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Section section : page.sections()) {
            parts.add(
                    Map.of("name", section.name(), "title", section.title(), "content", sections.html(page, section)));
        }
        Map<String, Object> data = new HashMap<>(summary(page));
        data.put("canonical", config.baseUrl().resolve(url(page)).toString());
        data.put("content", markdown.toHtml(page.document().markdown(), ""));
        data.put("sections", parts);
        return templates.fill(page.document().matter().template(), Map.of("site", site, "page", data));
    }

    /** The HTML of one section, without any template. */
    public String section(Section section) throws RefusedException {
        return markdown.toHtml(section.document().markdown(), section.name() + "-");
    }

    /** The same as long as {@link #page} gives the same. */
    public String hash(Page page) {
        return Fingerprint.of(List.of(siteHash, page.route(), page.hash()));
    }

    /** The same as long as {@link #section} gives the same. */
    public String hash(Page page, Section section) {
        return Fingerprint.of(List.of(VERSION, Boolean.toString(config.allowHtml()), page.route(), section.hash()));
    }

    private Map<String, Object> summary(Page page) {
        FrontMatter matter = page.document().matter();
        return Map.of("title", page.document().title(), "description", matter.description(), "date", matter.date(),
                "tags", matter.tags(), "url", url(page));
    }

    private String url(Page page) {
        return config.basePath() + page.route().substring(1);
    }
}
