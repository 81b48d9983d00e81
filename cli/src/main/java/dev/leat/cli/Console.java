package dev.leat.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.live.Screen;
import dev.leat.cli.text.Style;
import dev.leat.cli.text.Table;

/**
 * Where a command writes and who reads it: a person at a terminal, or a file or program, which gets plain lines of any
 * length. Used by the command's own thread, which closes it.
 */
final class Console implements AutoCloseable {

    private static final int UNLIMITED = Integer.MAX_VALUE / 2;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final Optional<Screen> screen;
    private final Clock clock;

    Console(PrintWriter out, PrintWriter err, boolean json, Optional<Screen> screen, Clock clock) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.screen = screen;
        this.clock = clock;
    }

    /** The console of a command: this process' terminal, if it has one that can be written on. */
    static Console of(CommandLine command, boolean json, Map<String, String> environment) {
        return new Console(command.getOut(), command.getErr(), json,
                json ? Optional.empty() : Screen.ofProcess(environment), Clock.system(ZoneId.systemDefault()));
    }

    /** Whether answers are to be shown as the server gave them. */
    boolean json() {
        return json;
    }

    /** The terminal, where a person looks at one. */
    Optional<Screen> screen() {
        return screen;
    }

    Clock clock() {
        return clock;
    }

    Style style() {
        return screen.isPresent() ? Style.COLOURED : Style.PLAIN;
    }

    /** How many columns a line may have. */
    int width() {
        return screen.map(Screen::width).orElse(UNLIMITED);
    }

    void line(String line) {
        out.println(line);
        out.flush();
    }

    void lines(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    /** Shows a table, or says that there is nothing to show. */
    void table(Table table, String nothing) {
        if (table.isEmpty()) {
            line(nothing);
        } else {
            lines(table.lines(width(), style()));
        }
    }

    /** Something beside the answer, which a script that reads the answer does not get. */
    void note(String line) {
        err.println(line);
        err.flush();
    }

    /** JSON on one line, for programs. */
    void json(JsonNode node) {
        line(node.toString());
    }

    /** JSON for people where one reads it, else on one line. */
    void jsonForReader(JsonNode node) {
        line(screen.isPresent() ? pretty(node) : node.toString());
    }

    void failure(CommandFailedException failure) {
        err.println(style() == Style.COLOURED
                ? style().bad("leat: " + failure.getMessage())
                : "leat: " + failure.getMessage());
        failure.details().forEach(detail -> err.println("  " + detail));
        err.flush();
    }

    private static String pretty(JsonNode node) {
        try {
            return ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Expected a tree to be written as JSON", impossible);
        }
    }

    @Override
    public void close() {
        screen.ifPresent(Screen::close);
    }
}
