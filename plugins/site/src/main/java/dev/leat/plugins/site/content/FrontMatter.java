package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a Markdown file says about itself, in YAML between two lines of three dashes at its beginning.
 *
 * @param title empty where the file's name has to do
 * @param description may be empty
 * @param template the template's name, empty for {@code page}
 * @param order pages and sections of a lower order come first
 * @param draft whether it is left out, unless the site shows drafts
 * @param date as it is written, may be empty
 * @param tags may be empty
 * @param sections which sections a page shows, in this order; empty for all by their own order
 * @param unknown keys that have no meaning
 */
record FrontMatter(Optional<String> title, String description, String template, int order, boolean draft, String date,
        List<String> tags, List<String> sections, Set<String> unknown) {

    private static final Set<String> KEYS = Set.of("title", "description", "template", "order", "draft", "date", "tags",
            "sections");
    private static final int MOST_ORDER = 1_000_000;
    private static final Pattern TEMPLATE_NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,59}");

    /** @throws RefusedException if a value is not what it has to be */
    static FrontMatter of(Fields fields) throws RefusedException {
        String template = fields.text("template").orElse("page");
        if (!TEMPLATE_NAME.matcher(template).matches()) {
            throw new RefusedException(
                    "Expected 'template' to be the name of a template, without folder and ending, but got '%s'"
                            .formatted(template));
        }
        return new FrontMatter(fields.text("title"), fields.text("description").orElse(""), template,
                fields.number("order", -MOST_ORDER, MOST_ORDER, 0), fields.flag("draft", false),
                fields.text("date").orElse(""), fields.texts("tags"), fields.texts("sections"),
                fields.otherThan(KEYS));
    }
}
