package dev.leat.plugins.site;

import dev.leat.plugins.site.output.BuildId;
import dev.leat.plugins.site.output.BuildStore;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of the build that is served.
 *
 * @param site its files
 * @param pages the hash of what each page was made of, by the page's file
 */
record EarlierBuild(Path site, Map<String, String> pages) {

    /** The build that is served; without pages where there is none. */
    static EarlierBuild served(BuildStore store) throws RefusedException, IOException {
        Optional<BuildId> served = store.served();
        return served.isPresent()
                ? new EarlierBuild(store.site(served.get()), store.manifest(served.get()).pages())
                : none();
    }

    /** No pages. */
    static EarlierBuild none() {
        return new EarlierBuild(Path.of(""), Map.of());
    }

    /** The page's file, if it was made of the same. */
    Optional<Path> page(String file, String hash) {
        return Optional.ofNullable(pages.get(file)).filter(hash::equals).map(_ -> site.resolve(file))
                .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
    }
}
