package dev.leat.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Rows under a header, aligned; where the terminal is too narrow, the columns that may be cut are, the last of them first.
 * Used by one thread.
 */
public final class Table {

    private static final String GAP = "  ";
    /** Less says nothing. */
    private static final int LEAST = 8;

    /** How a column is laid out. */
    private record Column(String name, boolean right, boolean elastic, BiFunction<Style, String, String> colour) {}

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** A column of words. */
    public Table column(String name) {
        return add(new Column(name, false, false, (_, text) -> text));
    }

    /** A column of numbers, aligned to the right. */
    public Table number(String name) {
        return add(new Column(name, true, false, (_, text) -> text));
    }

    /** A column that is cut where there is no room. */
    public Table elastic(String name) {
        return add(new Column(name, false, true, (_, text) -> text));
    }

    /** A column of statuses, in their colours. */
    public Table status(String name) {
        return add(new Column(name, false, false, (style, text) -> style.status(text.strip(), text)));
    }

    private Table add(Column column) {
        columns.add(column);
        return this;
    }

    /** One row, with a cell for each column; cells may come from anywhere. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("Expected " + columns.size() + " cells, but got " + cells.length);
        }
        rows.add(List.of(cells).stream().map(Text::printable).toList());
        return this;
    }

    /** Whether it has no rows. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, none wider than {@code width} columns of the terminal. */
    public List<String> lines(int width, Style style) {
        int[] widths = widths(width);
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::name).toList(), widths, width, (_, text) -> style.bold(text)));
        for (List<String> row : rows) {
            lines.add(line(row, widths, width, (column, text) -> column.colour().apply(style, text)));
        }
        return lines;
    }

    private int[] widths(int width) {
        int[] widths = IntStream.range(0, columns.size()).map(this::natural).toArray();
        int over = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - width;
        for (int i = widths.length - 1; i >= 0 && over > 0; i--) {
            if (columns.get(i).elastic()) {
                int cut = Math.clamp(widths[i] - LEAST, 0, over);
                widths[i] -= cut;
                over -= cut;
            }
        }
        return widths;
    }

    private int natural(int column) {
        return Math.max(Text.width(columns.get(column).name()),
                rows.stream().mapToInt(row -> Text.width(row.get(column))).max().orElse(0));
    }

    /** Colours take no room, so what they are put around is cut and filled up before. */
    private String line(List<String> cells, int[] widths, int width, BiFunction<Column, String, String> coloured) {
        StringBuilder line = new StringBuilder();
        int left = width;
        for (int i = 0; i < cells.size() && left > 0; i++) {
            Column column = columns.get(i);
            String gap = i == 0 ? "" : GAP;
            String cell = Text.cut(cells.get(i), Math.min(widths[i], left - gap.length()));
            boolean last = i == cells.size() - 1 && !column.right();
            String padded = last ? cell : Text.padded(cell, Math.min(widths[i], left - gap.length()), column.right());
            line.append(gap).append(coloured.apply(column, padded));
            left -= gap.length() + Text.width(padded);
        }
        return line.toString().stripTrailing();
    }
}
