package dev.leat.cli.live;

import java.util.List;

import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

import dev.leat.cli.text.Style;

/**
 * A few lines at the end of the terminal's output that are drawn anew in their place, while what is said above them stays.
 * Used by one thread, which closes it: the lines then stay as they are.
 */
final class LiveArea implements AutoCloseable {

    private final Screen screen;
    private final Terminal terminal;
    private final Display display;
    private List<AttributedString> shown = List.of();

    LiveArea(Screen screen) {
        this.screen = screen;
        this.terminal = screen.terminal();
        this.display = new Display(terminal, false);
    }

    Style style() {
        return Style.COLOURED;
    }

    /** How many columns a line may have; one less than there are, as a cursor behind the last one wraps. */
    int width() {
        return screen.width() - 1;
    }

    int height() {
        return screen.height();
    }

    /** Draws these lines in the place of those before. */
    void show(List<String> lines) {
        int width = width();
        shown = lines.stream()
                .limit(screen.height() - 1L)
                .map(line -> AttributedString.fromAnsi(line).columnSubSequence(0, width))
                .toList();
        draw(shown);
    }

    /** Says something above the lines, which stays. */
    void say(String line) {
        draw(List.of());
        terminal.writer().println(line);
        terminal.flush();
        display.reset();
        draw(shown);
    }

    private void draw(List<AttributedString> lines) {
        display.resize(terminal.getSize());
        display.update(lines, -1);
        terminal.flush();
    }

    @Override
    public void close() {
        if (!shown.isEmpty()) {
            terminal.writer().println();
            terminal.flush();
        }
    }
}
