package dev.leat.cli.text;

import org.jline.utils.WCWidth;

/** Text from elsewhere, made fit to be shown on one line of a terminal. */
public final class Text {

    private static final char ELLIPSIS = '…';

    private Text() {}

    /**
     * Without line breaks and control characters, which would let whoever wrote it move the cursor or change the colours of
     * who reads it.
     */
    public static String printable(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(point -> isHarmless(point) ? point : ' ').forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                false;
            default -> true;
        };
    }

    /** How many columns it takes. */
    public static int width(String text) {
        return text.codePoints().map(Text::width).sum();
    }

    private static int width(int point) {
        return Math.max(0, WCWidth.wcwidth(point));
    }

    /** Cut to so many columns, with an ellipsis where something is missing. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int left = columns - 1;
        for (int point : text.codePoints().toArray()) {
            left -= width(point);
            if (left < 0) {
                break;
            }
            cut.appendCodePoint(point);
        }
        return columns < 1 ? "" : cut.append(ELLIPSIS).toString();
    }

    /** Filled up with blanks to so many columns, before or behind. */
    static String padded(String text, int columns, boolean right) {
        String blanks = " ".repeat(Math.max(0, columns - width(text)));
        return right ? blanks + text : text + blanks;
    }
}
