package dev.leat.plugins.site.content;

import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.leat.plugins.site.path.PlainFile;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Mustache templates of a site. All of them are read at once, so that what a template includes is one of them and
 * nothing else. They see maps, lists and text, no Java objects. A value that does not exist is an error, so that a
 * mistyped name is found; a section of something that does not exist is left out.
 *
 * <p>One object serves one job, on one thread.
 */
public final class Templates {

    private static final String ENDING = ".html";
    /** Of one template: 256 KiB. */
    private static final int MOST_BYTES = 1 << 18;
    private static final int MOST_TEMPLATES = 200;
    /** Stops templates that include each other for ever. */
    private static final int MOST_INCLUDES = 1000;
    /** What one page may become, in characters. */
    private static final int LONGEST_PAGE = 16 << 20;

    private final Map<String, String> texts;
    private final Mustache.Compiler compiler = Mustache.compiler().nullValue("").emptyStringIsFalse(true)
            .withCollector(new PlainValues()).withLoader(this::include);
    private final Map<String, Template> compiled = new HashMap<>();
    private int includes;

    private Templates(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * Reads a folder's files that end with {@code .html}; without that ending they are the templates' names.
     *
     * @throws RefusedException if one of them cannot be a template, or if there are too many
     */
    public static Templates read(Path folder) throws RefusedException, IOException {
        Map<String, String> texts = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                String name = file.getName(file.getNameCount() - 1).toString();
                texts.put(name.substring(0, name.length() - ENDING.length()), read(file, name));
            }
        }
        if (texts.size() > MOST_TEMPLATES) {
            throw new RefusedException(
                    "Expected at most %d templates, but got %d".formatted(MOST_TEMPLATES, texts.size()));
        }
        return new Templates(texts);
    }

    private static String read(Path file, String name) throws RefusedException, IOException {
        try {
            return PlainFile.text(file, MOST_BYTES);
        } catch (RefusedException e) {
            throw new RefusedException("template %s: %s".formatted(name, e.reason()));
        }
    }

    /**
     * Fills in a template.
     *
     * @param data maps, lists, text and truth values
     * @throws RefusedException if there is no such template, if it is wrong, or if the page becomes too long
     */
    String fill(String name, Map<String, Object> data) throws RefusedException {
        LimitedWriter page = new LimitedWriter(LONGEST_PAGE);
        try {
            template(name).execute(data, page);
            return page.toString();
        } catch (MustacheException | UncheckedIOException e) {
            throw new RefusedException("template %s%s: %s".formatted(name, ENDING, e.getMessage()));
        } catch (StackOverflowError e) {
            throw new RefusedException(
                    "template %s%s: Expected an end, but it includes itself".formatted(name, ENDING));
        }
    }

    /** Changes with any of them. */
    String hash() {
        return Fingerprint.of(texts.entrySet().stream().flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toList());
    }

    private Template template(String name) throws RefusedException {
        Template known = compiled.get(name);
        if (known != null) {
            return known;
        }
        String text = texts.get(name);
        if (text == null) {
            throw new RefusedException("Expected a template %s%s, but there is none".formatted(name, ENDING));
        }
        includes = 0;
        Template template = compiler.compile(text);
        compiled.put(name, template);
        return template;
    }

    /** Called by the engine when it first needs an included template at one place. */
    private Reader include(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new MustacheException(
                    "Expected a template %s%s to include, but there is none".formatted(name, ENDING));
        }
        if (++includes > MOST_INCLUDES) {
            throw new MustacheException("Expected at most %d includes, but %s%s includes itself"
                    .formatted(MOST_INCLUDES, name, ENDING));
        }
        return new StringReader(text);
    }
}
