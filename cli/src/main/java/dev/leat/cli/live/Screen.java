package dev.leat.cli.live;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that a person looks at. It is opened when something about it is asked first, as that takes a moment. Used by
 * one thread.
 */
public final class Screen implements AutoCloseable {

    /** Where a terminal does not say. */
    private static final int USUAL_WIDTH = 80;
    private static final int USUAL_HEIGHT = 24;

    private @Nullable Terminal terminal;

    /**
     * The terminal of this process, unless input or output is something else, it cannot move its cursor ({@code TERM=dumb}), or
     * its user wants plain text ({@code NO_COLOR}).
     */
    public static Optional<Screen> ofProcess(Map<String, String> environment) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return Optional.ofNullable(System.console()).filter(console -> !plain && console.isTerminal())
                .map(_ -> new Screen());
    }

    /** How many columns it has now. */
    public int width() {
        int width = terminal().getSize().getColumns();
        return width > 0 ? width : USUAL_WIDTH;
    }

    /** How many lines it has now. */
    public int height() {
        int height = terminal().getSize().getRows();
        return height > 0 ? height : USUAL_HEIGHT;
    }

    /** The terminal itself. */
    Terminal terminal() {
        if (terminal == null) {
            terminal = open();
        }
        return terminal;
    }

    private static Terminal open() {
        try {
            return TerminalBuilder.builder().name("leat").system(true).dumb(true).build();
        } catch (IOException failure) {
            throw new IllegalStateException("Expected to open the terminal, but: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        if (terminal != null) {
            try {
                terminal.close();
            } catch (IOException ignored) {
                // The process is about to end, and the terminal with it.
            }
        }
    }
}
