package dev.leat.plugins.site.content;

import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the site. Without sections it shows its document; with sections, the document introduces them.
 *
 * @param route where it is found below the site's base, such as {@code /blog/first/}; begins and ends with a slash
 * @param document what it is written in
 * @param sections the sections in the order in which they are shown
 */
public record Page(String route, Document document, List<Section> sections) {

    /** The file below the site's output that a web server gives for the route. */
    public String outputFile() {
        return route.substring(1) + "index.html";
    }

    /** The file that it is written in, for messages. */
    public String file() {
        return document.file();
    }

    String hash() {
        return Fingerprint.of(Stream.concat(Stream.of(document.hash()), sections.stream().map(Section::hash)).toList());
    }
}
