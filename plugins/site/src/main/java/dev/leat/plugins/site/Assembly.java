package dev.leat.plugins.site;

import dev.leat.plugin.JobContext;
import dev.leat.plugins.site.content.Page;
import dev.leat.plugins.site.content.PageRenderer;
import dev.leat.plugins.site.content.Problem;
import dev.leat.plugins.site.content.Section;
import dev.leat.plugins.site.output.FileTree;
import dev.leat.plugins.site.output.FragmentStore;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Writes the files of the build that is served once more, with one page made anew from its fragments.
 *
 * @param errors of files that may belong to the page
 * @param context told when the page is done, and asked before each file whether to stop
 */
record Assembly(List<Problem> errors, Page page, PageRenderer renderer, EarlierBuild earlier, FragmentStore fragments,
        JobContext context) {

    void writeTo(Publication publication) throws RefusedException, IOException {
        publication.errors(errors);
        takeOver(publication);
        if (areRendered(page.sections(), publication)) {
            context.throwIfCancelled();
            try {
                publication.files().write(page.outputFile(), renderer.page(page, this::fragment));
                publication.built(page.outputFile(), renderer.hash(page));
            } catch (RefusedException e) {
                publication.error(page.file(), e.reason());
            }
        }
        context.progress(1, 1, "1/1 routes: %s".formatted(page.route()));
    }

    private void takeOver(Publication publication) throws IOException {
        for (String file : FileTree.files(earlier.site())) {
            context.throwIfCancelled();
            if (!file.equals(page.outputFile())) {
                publication.files().copy(earlier.site().resolve(file), file);
            }
        }
        for (Map.Entry<String, String> other : earlier.pages().entrySet()) {
            if (!other.getKey().equals(page.outputFile())) {
                publication.reused(other.getKey(), other.getValue());
            }
        }
    }

    /** Tells of all sections that are missing, not of the first one only. */
    private boolean areRendered(List<Section> sections, Publication publication) throws RefusedException, IOException {
        boolean all = true;
        for (Section section : sections) {
            if (fragments.get(renderer.hash(page, section)).isEmpty()) {
                publication.error(section.file(),
                        "Expected the section '%s', as it is now, to be rendered by site:render-section, but it is not"
                                .formatted(section.name()));
                all = false;
            }
        }
        return all;
    }

    private String fragment(Page page, Section section) throws RefusedException, IOException {
        return fragments.get(renderer.hash(page, section))
                .orElseThrow(() -> new RefusedException(
                        "Expected the fragment of '%s', but it has gone".formatted(section.name())));
    }
}
