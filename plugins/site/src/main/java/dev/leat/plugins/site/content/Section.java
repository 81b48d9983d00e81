package dev.leat.plugins.site.content;

/** A part of a page that is written in a file of its own. */
public record Section(Document document) {

    /** What it is called in its page: the name of its file, without the ending. */
    public String name() {
        return document.name();
    }

    /** The file that it is written in, for messages. */
    public String file() {
        return document.file();
    }

    /** Its heading. */
    public String title() {
        return document.title();
    }

    String hash() {
        return document.hash();
    }
}
