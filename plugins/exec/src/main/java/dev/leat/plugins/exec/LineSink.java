package dev.leat.plugins.exec;

/**
 * Where the lines go that a command writes, as it writes them. Called from two threads at a time, one for each stream;
 * does not block.
 */
@FunctionalInterface
interface LineSink {

    enum Source {
        STDOUT, STDERR
    }

    /**
     * Takes a line.
     *
     * @param text without its end, not longer than {@link LineSplitter#LONGEST_LINE} bytes in UTF-8: what is longer
     *     comes as several lines
     */
    void line(Source source, String text);
}
