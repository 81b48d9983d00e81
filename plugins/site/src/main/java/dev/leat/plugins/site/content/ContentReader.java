package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the folder of content. Each Markdown file is a page, {@code index.md} that of its folder; a folder with a file
 * {@code _page.md} is one page, whose sections the folder's other Markdown files are. Links are not followed.
 *
 * <p>One object reads once, on one thread.
 */
public final class ContentReader {

    private static final String PAGE_FILE = "_page.md";
    /** What needs no escaping in a URL or a link, and hides nothing. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MOST_FILES = 20_000;
    private static final long MOST_CHARACTERS = 64L << 20;
    private static final int DEEPEST = 16;
    private static final Comparator<Document> BY_ORDER = Comparator
            .comparingInt((Document document) -> document.matter().order()).thenComparing(Document::name);

    private final SiteConfig config;
    private final Map<String, Page> pages = new HashMap<>();
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private int files;
    private long characters;

    private ContentReader(SiteConfig config) {
        this.config = config;
    }

    /**
     * Reads all of a site's content.
     *
     * @throws RefusedException if it is more than a job can hold: 20,000 files, or 64 million characters
     */
    public static Content read(SiteConfig config) throws RefusedException, IOException {
        ContentReader reader = new ContentReader(config);
        reader.readFolder(config.content(), "/", 0);
        List<Page> pages = reader.pages.values().stream()
                .sorted(Comparator.comparingInt((Page page) -> page.document().matter().order())
                        .thenComparing(Page::route))
                .toList();
        return new Content(pages, List.copyOf(reader.errors), List.copyOf(reader.warnings));
    }

    private void readFolder(Path folder, String route, int depth) throws RefusedException, IOException {
        if (depth > DEEPEST) {
            errors.add(new Problem(nameOf(folder), "Expected at most %d folders in each other".formatted(DEEPEST)));
            return;
        }
        List<Document> documents = new ArrayList<>();
        for (Path entry : sortedEntries(folder)) {
            String name = lastName(entry);
            if (Files.isSymbolicLink(entry)) {
                errors.add(new Problem(nameOf(entry), "Expected a file or a folder, but it is a symbolic link"));
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                if (isUsable(entry, name)) {
                    readFolder(entry, route + name + "/", depth + 1);
                }
            } else if (!name.endsWith(Document.ENDING)) {
                warnings.add(new Problem(nameOf(entry),
                        "Expected only Markdown here, but it does not end with .md; it is left out"));
            } else if (name.equals(PAGE_FILE) || isUsable(entry, name)) {
                readDocument(entry).ifPresent(documents::add);
            }
        }
        addPages(route, documents);
    }

    private void addPages(String route, List<Document> documents) {
        Optional<Document> sectioned = documents.stream()
                .filter(document -> document.file().endsWith("/" + PAGE_FILE)).findFirst();
        if (sectioned.isPresent()) {
            addSectionedPage(route, sectioned.get(), documents);
            return;
        }
        documents.stream().filter(this::isShown).forEach(document -> add(
                new Page(document.name().equals("index") ? route : route + document.name() + "/", document,
                        List.of())));
    }

    private void addSectionedPage(String route, Document page, List<Document> documents) {
        if (!isShown(page)) {
            return;
        }
        List<Document> parts = documents.stream().filter(document -> !document.file().equals(page.file()))
                .filter(this::isShown)
                .sorted(BY_ORDER).toList();
        List<Document> shown = page.matter().sections().isEmpty() ? parts : new ArrayList<>();
        for (String name : page.matter().sections()) {
            parts.stream().filter(part -> part.name().equals(name)).findFirst().ifPresentOrElse(shown::add,
                    () -> errors.add(new Problem(page.file(),
                            "Expected a section '%s' beside the page, but there is none".formatted(name))));
        }
        add(new Page(route, page, shown.stream().map(Section::new).toList()));
    }

    private void add(Page page) {
        Page other = pages.putIfAbsent(page.route(), page);
        if (other != null) {
            errors.add(new Problem(page.file(), "Expected one file for the route %s, but %s is its page, too"
                    .formatted(page.route(), other.file())));
        }
    }

    private boolean isShown(Document document) {
        return config.drafts() || !document.matter().draft();
    }

    private Optional<Document> readDocument(Path path) throws RefusedException, IOException {
        String file = nameOf(path);
        if (++files > MOST_FILES || characters > MOST_CHARACTERS) {
            throw new RefusedException("Expected a site of at most %d files and %d characters, but it has more"
                    .formatted(MOST_FILES, MOST_CHARACTERS));
        }
        try {
            Document document = Document.read(path, file);
            characters += document.markdown().length();
            document.matter().unknown().forEach(key -> warnings.add(
                    new Problem(file,
                            "Expected a known key in the front matter, but '%s' has no meaning".formatted(key))));
            return Optional.of(document);
        } catch (RefusedException e) {
            errors.add(new Problem(file, e.reason()));
            return Optional.empty();
        }
    }

    private boolean isUsable(Path path, String name) {
        if (NAME.matcher(name).matches()) {
            return true;
        }
        errors.add(new Problem(nameOf(path),
                "Expected a name of letters, digits, dots, dashes and underscores, but got '%s'".formatted(name)));
        return false;
    }

    /** Without hidden ones and those that begin with an underscore, but with the file of a sectioned page. */
    private static List<Path> sortedEntries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, ContentReader::isMeant)) {
            stream.forEach(entries::add);
        }
        return entries.stream().sorted().toList();
    }

    private static boolean isMeant(Path entry) {
        String name = lastName(entry);
        return name.equals(PAGE_FILE) || !(name.startsWith(".") || name.startsWith("_"));
    }

    private static String lastName(Path path) {
        return path.getName(path.getNameCount() - 1).toString();
    }

    private String nameOf(Path path) {
        return config.folder().relativize(path).toString();
    }
}
