package dev.leat.plugins.exec;

import java.util.Locale;

/**
 * Where the lines go that a command writes, as it writes them. Called from two threads at a time, one for each stream;
 * does not block.
 */
@FunctionalInterface
interface LineSink {

    /** One of the two output streams of a command. */
    enum Source {
        STDOUT, STDERR;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Takes a line.
     *
     * @param text without its end, not longer than {@link LineSplitter#LONGEST_LINE} bytes in UTF-8: what is longer
     *     comes as several lines
     */
    void line(Source source, String text);
}
