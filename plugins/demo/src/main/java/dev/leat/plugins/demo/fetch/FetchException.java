package dev.leat.plugins.demo.fetch;

import java.io.IOException;

/** Why a URL cannot be fetched, said as people read it. */
final class FetchException extends IOException {

    private static final long serialVersionUID = 1L;

    FetchException(String message) {
        super(message);
    }

    /** A text from outside, made fit for a message: printable and not long. */
    static String quoted(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (printable.length() <= 200 ? printable : printable.substring(0, 200) + "…") + "'";
    }
}
