package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.PlainFile;
import dev.leat.plugins.site.path.RefusedException;
import dev.leat.plugins.site.path.Roots;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of a site. Its folders lie below the folder of the configuration file.
 *
 * @param folder where the configuration file is; a real path
 * @param title of the whole site
 * @param baseUrl where the site is served, http or https, ending with a slash
 * @param content the Markdown
 * @param templates the templates
 * @param assets files that are copied as they are; empty where there are none
 * @param drafts whether drafts are shown
 * @param allowHtml whether HTML in Markdown is left as it is: whoever writes the Markdown then decides all of the page
 * @param keepBuilds how many builds are kept, the served one included
 */
public record SiteConfig(Path folder, String title, URI baseUrl, Path content, Path templates, Optional<Path> assets,
        boolean drafts, boolean allowHtml, int keepBuilds) {

    private static final int MOST_BYTES = 1 << 16;
    private static final Set<String> KEYS = Set.of("title", "baseUrl", "content", "templates", "static", "drafts",
            "allowHtml", "keepBuilds");

    /**
     * Reads a configuration file.
     *
     * @param file a real path
     * @throws RefusedException if it is not as it has to be, with the file in the message
     */
    public static SiteConfig read(Path file) throws RefusedException, IOException {
        try {
            return of(file.resolveSibling(""), Yaml.read(PlainFile.text(file, MOST_BYTES), MOST_BYTES));
        } catch (RefusedException e) {
            throw new RefusedException("%s: %s".formatted(file.getFileName(), e.reason()));
        }
    }

    private static SiteConfig of(Path folder, Fields fields) throws RefusedException, IOException {
        Set<String> unknown = fields.otherThan(KEYS);
        if (!unknown.isEmpty()) {
            throw new RefusedException("Expected only the keys %s, but got %s"
                    .formatted(KEYS.stream().sorted().toList(), unknown));
        }
        Roots site = new Roots("the folder of the site's configuration", List.of(folder));
        return new SiteConfig(folder, fields.text("title").orElse(""), baseUrl(fields),
                folder(site, fields.text("content").orElse("content")),
                folder(site, fields.text("templates").orElse("templates")), assets(site, folder, fields),
                fields.flag("drafts", false), fields.flag("allowHtml", false), fields.number("keepBuilds", 2, 5, 3));
    }

    /** What all pages depend on. */
    String hash() {
        return Fingerprint.of(List.of(title, baseUrl.toString(), Boolean.toString(allowHtml)));
    }

    /** The path of the base: what routes are put behind in links. */
    String basePath() {
        return baseUrl.getRawPath();
    }

    private static URI baseUrl(Fields fields) throws RefusedException {
        String given = fields.text("baseUrl").orElse("http://localhost/");
        try {
            URI url = URI.create(given.endsWith("/") ? given : given + "/");
            if (Set.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null
                    && url.getRawQuery() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for other texts that are no such address.
        }
        throw new RefusedException("Expected 'baseUrl' to be like https://example.org/, but got '%s'".formatted(given));
    }

    private static Path folder(Roots site, String name) throws RefusedException, IOException {
        Path real = site.existing(name);
        if (!Files.isDirectory(real)) {
            throw new RefusedException("Expected '%s' to be a folder, but it is not".formatted(name));
        }
        return real;
    }

    /** The folder of static files may be missing where the configuration does not name it. */
    private static Optional<Path> assets(Roots site, Path folder, Fields fields) throws RefusedException, IOException {
        String name = fields.text("static").orElse("static");
        boolean missing = !fields.values().containsKey("static")
                && Files.notExists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
        return missing ? Optional.empty() : Optional.of(folder(site, name));
    }
}
