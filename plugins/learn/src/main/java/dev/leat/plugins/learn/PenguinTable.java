package dev.leat.plugins.learn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The data of the R package palmerpenguins that comes with the plugin. */
final class PenguinTable {

    private static final String RESOURCE = "penguins.csv";
    private static final String HEADER = "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year";
    private static final String MISSING = "NA";

    private PenguinTable() {}

    /**
     * Reads all penguins, in their order.
     *
     * @throws IOException if the table cannot be read or is not what it should be
     */
    static List<Penguin> read() throws IOException {
        try (InputStream bytes = PenguinTable.class.getResourceAsStream(RESOURCE)) {
            if (bytes == null) {
                throw new IOException("Expected %s beside the classes of the plugin, but it is not there"
                        .formatted(RESOURCE));
            }
            return parse(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)).readAllLines());
        }
    }

    /**
     * Reads a table.
     *
     * @param lines a header, and a penguin on each further line
     * @throws IOException naming the first line that is not as it should be
     */
    static List<Penguin> parse(List<String> lines) throws IOException {
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IOException("Expected a table of %s, but it begins with %s".formatted(HEADER,
                    lines.isEmpty() ? "nothing" : lines.getFirst()));
        }
        List<String> rows = lines.subList(1, lines.size());
        for (String row : rows) {
            if (row.split(",", -1).length != 8) {
                throw new IOException("Expected 8 columns, but got '%s'".formatted(row));
            }
        }
        try {
            return rows.stream().map(row -> penguin(row.split(",", -1))).toList();
        } catch (IllegalArgumentException e) {
            throw new IOException("Expected a table of penguins, but: " + e.getMessage(), e);
        }
    }

    private static Penguin penguin(String[] cells) {
        return new Penguin(level(Species.class, cells[0]), level(Island.class, cells[1]), number(cells[2]),
                number(cells[3]), number(cells[4]), level(Sex.class, cells[6]), year(cells[7]), number(cells[5]));
    }

    private static <L extends Enum<L> & Level> Optional<L> level(Class<L> levels, String cell) {
        if (cell.equals(MISSING)) {
            return Optional.empty();
        }
        return Optional.of(Level.of(levels, cell).orElseThrow(() -> new IllegalArgumentException(
                "Expected one of the %s, but got '%s'".formatted(levels.getSimpleName(), cell))));
    }

    private static OptionalDouble number(String cell) {
        return cell.equals(MISSING) ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(cell));
    }

    private static OptionalInt year(String cell) {
        return cell.equals(MISSING) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(cell));
    }
}
