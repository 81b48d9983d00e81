package dev.leat.plugins.site;

import dev.leat.plugin.JobContext;
import dev.leat.plugins.site.content.Content;
import dev.leat.plugins.site.content.Page;
import dev.leat.plugins.site.content.PageRenderer;
import dev.leat.plugins.site.content.SiteConfig;
import dev.leat.plugins.site.output.FileTree;
import dev.leat.plugins.site.path.PlainFile;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes all files of a site.
 *
 * @param earlier where unchanged pages are taken from
 * @param context told of each route, and asked before each file whether to stop
 */
record SiteBuild(SiteConfig config, Content content, PageRenderer renderer, EarlierBuild earlier, JobContext context) {

    void writeTo(Publication publication) throws RefusedException, IOException {
        publication.errors(content.errors());
        publication.warnings(content.warnings());
        if (content.pages().isEmpty()) {
            publication.error(nameOf(config.content()), "Expected at least one page, but there is none");
        }
        int done = 0;
        for (Page page : content.pages()) {
            context.throwIfCancelled();
            addPage(page, publication);
            done++;
            context.progress(done, content.pages().size(),
                    "%d/%d routes: %s".formatted(done, content.pages().size(), page.route()));
        }
        if (config.assets().isPresent()) {
            addAssets(config.assets().get(), publication);
        }
    }

    private void addPage(Page page, Publication publication) throws IOException {
        String file = page.outputFile();
        String hash = renderer.hash(page);
        try {
            Optional<Path> unchanged = earlier.page(file, hash);
            if (unchanged.isPresent()) {
                publication.files().copy(unchanged.get(), file);
                publication.reused(file, hash);
            } else {
                publication.files().write(file, renderer.page(page, (_, section) -> renderer.section(section)));
                publication.built(file, hash);
            }
        } catch (RefusedException e) {
            publication.error(page.file(), e.reason());
        } catch (FileAlreadyExistsException e) {
            publication.error(page.file(), "Expected nothing else at %s, but something is there".formatted(file));
        }
    }

    private void addAssets(Path assets, Publication publication) throws IOException {
        for (String name : FileTree.files(assets)) {
            context.throwIfCancelled();
            Path asset = assets.resolve(name);
            try {
                PlainFile.requireRegular(asset);
                publication.files().copy(asset, name);
            } catch (RefusedException e) {
                publication.error(nameOf(asset), e.reason());
            } catch (FileAlreadyExistsException e) {
                publication.error(nameOf(asset), "Expected a place of its own, but a page is there");
            }
        }
    }

    private String nameOf(Path path) {
        return config.folder().relativize(path).toString();
    }
}
