package dev.leat.cli.live;

import java.io.IOException;
import java.util.List;

import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * All of the terminal, on its second page where it has one, so that what was there before is back when this is closed. Used by
 * one thread.
 */
public final class FullScreen implements AutoCloseable {

    private static final int INTERRUPT = 3;

    private final Terminal terminal;
    private final Display display;
    private final Attributes before;
    private volatile boolean interrupted;

    public FullScreen(Screen screen) {
        terminal = screen.terminal();
        terminal.handle(Terminal.Signal.INT, _ -> interrupted = true);
        before = terminal.enterRawMode();
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
        display = new Display(terminal, true);
    }

    public int width() {
        return Math.max(20, terminal.getSize().getColumns());
    }

    public int height() {
        return Math.max(5, terminal.getSize().getRows());
    }

    /** Draws these lines, from the top. */
    public void show(List<String> lines) {
        Size size = terminal.getSize();
        if (size.getColumns() != display.getColumns() || size.getRows() != display.getRows()) {
            display.resize(size);
            display.clear();
        }
        display.update(lines.stream()
                .limit(size.getRows())
                .map(line -> AttributedString.fromAnsi(line).columnSubSequence(0, size.getColumns()))
                .toList(), 0);
        terminal.flush();
    }

    /** Waits for a key for so long, and says whether it is one that quits: q, Ctrl-C, or the end of the input. */
    public boolean isQuit(long millis) {
        try {
            int key = terminal.reader().read(millis);
            return interrupted || key == 'q' || key == 'Q' || key == INTERRUPT || key == NonBlockingReader.EOF;
        } catch (IOException gone) {
            return true;
        }
    }

    @Override
    public void close() {
        terminal.puts(Capability.cursor_visible);
        terminal.puts(Capability.exit_ca_mode);
        terminal.setAttributes(before);
        terminal.flush();
    }
}
