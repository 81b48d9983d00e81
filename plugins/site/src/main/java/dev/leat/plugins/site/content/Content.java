package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.RefusedException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pages of a site, read at one time.
 *
 * @param pages by their order, then by their route
 * @param errors files that cannot be part of a site
 * @param warnings what is most likely not meant
 */
public record Content(List<Page> pages, List<Problem> errors, List<Problem> warnings) {

    /**
     * The page of this route, which must have sections.
     *
     * @param route its first and its last slash may be left out
     * @throws RefusedException if there is no such page
     */
    public Page sectionedPage(String route) throws RefusedException {
        String wanted = ("/" + route + "/").replaceAll("/+", "/");
        return pages.stream().filter(page -> page.route().equals(wanted) && !page.sections().isEmpty()).findFirst()
                .orElseThrow(() -> new RefusedException("Expected a page with sections at %s, but there is none%s"
                        .formatted(wanted,
                                errors.isEmpty() ? "" : "; among the errors of the site is " + errors.getFirst())));
    }

    /** The errors of the files in the folder of a page: a section among them is missing in the page. */
    public List<Problem> errorsBeside(Page page) {
        String folder = page.file().substring(0, page.file().lastIndexOf('/') + 1);
        return errors.stream().filter(error -> error.file().startsWith(folder)).toList();
    }

    /** What templates can see of all pages. */
    String hash() {
        return Fingerprint.of(pages.stream().flatMap(page -> Stream.of(page.route(), page.document().title(),
                page.document().matter().description(), page.document().matter().date(),
                String.join("\n", page.document().matter().tags()))).toList());
    }
}
