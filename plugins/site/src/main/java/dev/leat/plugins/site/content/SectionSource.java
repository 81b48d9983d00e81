package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;

/** Where the HTML of a page's section comes from. */
@FunctionalInterface
public interface SectionSource {

    /**
     * The HTML of one section of a page.
     *
     * @throws RefusedException if it cannot be had
     * @throws IOException if it cannot be read
     */
    String html(Page page, Section section) throws RefusedException, IOException;
}
