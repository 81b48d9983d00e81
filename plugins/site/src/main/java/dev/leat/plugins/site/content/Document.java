package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.PlainFile;
import dev.leat.plugins.site.path.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A Markdown file.
 *
 * @param file its name, relative to the folder of the site's configuration
 * @param name the last part of that, without {@code .md}
 * @param matter what it says about itself
 * @param markdown the rest
 * @param hash changes with any of it
 */
record Document(String file, String name, FrontMatter matter, String markdown, String hash) {

    static final String ENDING = ".md";

    /** 1 MiB: a thousand pages of a book. */
    private static final int MOST_BYTES = 1 << 20;
    private static final String FENCE = "---\n";

    /**
     * Reads a file.
     *
     * @throws RefusedException if it is no plain text, or its front matter is wrong
     */
    static Document read(Path path, String file) throws RefusedException, IOException {
        String name = path.getName(path.getNameCount() - 1).toString();
        return parse(file, name.substring(0, name.length() - ENDING.length()), PlainFile.text(path, MOST_BYTES));
    }

    static Document parse(String file, String name, String text) throws RefusedException {
        String matter = "";
        String markdown = text;
        if (text.startsWith(FENCE)) {
            int end = text.concat("\n").indexOf("\n" + FENCE, FENCE.length() - 1);
            if (end < 0) {
                throw new RefusedException("Expected front matter to end with a line ---, but there is none");
            }
            matter = text.substring(FENCE.length(), Math.max(FENCE.length(), end));
            markdown = text.substring(Math.min(text.length(), end + 1 + FENCE.length()));
        }
        return new Document(file, name, FrontMatter.of(Yaml.read(matter, MOST_BYTES)), markdown,
                Fingerprint.of(List.of(file, text)));
    }

    /** What it is called: its own title, or else its name. */
    String title() {
        return matter.title().orElse(name);
    }
}
