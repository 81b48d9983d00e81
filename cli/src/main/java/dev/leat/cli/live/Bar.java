package dev.leat.cli.live;

import java.text.DecimalFormat;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/**
 * A line with a progress bar, the time gone and the time left, drawn anew as often as it is asked for; somebody else puts it
 * on the screen. Used by one thread, which closes it.
 */
final class Bar implements AutoCloseable {

    /** The library draws by itself at intervals; here it draws when it is told to. */
    private static final int NEVER = Integer.MAX_VALUE;
    private static final ProgressBarStyle STYLE = ProgressBarStyle.builder()
            .colorCode((byte) 36)
            .leftBracket("▕")
            .rightBracket("▏")
            .block('█')
            .space(' ')
            .fractionSymbols("▏▎▍▌▋▊▉")
            .build();

    /** Keeps the line instead of printing it; what the library's own thread draws at the start is passed over. */
    private static final class Paper implements ProgressBarConsumer {

        private final Thread owner = Thread.currentThread();
        private int width = 80;
        private String line = "";

        @Override
        public int getMaxRenderedLength() {
            return width;
        }

        @Override
        public void accept(String drawn) {
            if (Thread.currentThread().equals(owner)) {
                line = drawn;
            }
        }

        @Override
        public void close() {
            // It is thrown away.
        }
    }

    /** Says how much is left in words, and counts only where there is something to count. */
    private final class Renderer extends DefaultProgressBarRenderer {

        private final boolean counted;

        Renderer(boolean counted) {
            super(STYLE, "", 1, false, new DecimalFormat(), ChronoUnit.SECONDS, true, _ -> Optional.empty());
            this.counted = counted;
        }

        @Override
        protected String ratio(ProgressState progress) {
            return counted ? super.ratio(progress) : "";
        }

        @Override
        protected String etaString(ProgressState progress) {
            return left;
        }
    }

    private final Paper paper = new Paper();
    private final ProgressBar bar;
    private String left = "";

    /**
     * A bar that begins now.
     *
     * @param total how much there is to do
     * @param counted whether the line shows how much of it is done, besides the percentage
     * @param gone how long it has been running already
     */
    Bar(String name, long total, boolean counted, Duration gone) {
        this.bar = ProgressBar.builder()
                .setTaskName(name)
                .setInitialMax(total)
                .setUpdateIntervalMillis(NEVER)
                .continuousUpdate()
                .setRenderer(new Renderer(counted))
                .setConsumer(paper)
                .startsFrom(0, gone)
                .build();
    }

    /**
     * The line as it is now.
     *
     * @param done of the total
     * @param estimate how long it will take still, in words
     * @param width how many columns it may have
     */
    String drawn(long done, String estimate, int width) {
        left = estimate;
        paper.width = width;
        bar.stepTo(done);
        bar.refresh();
        return paper.line;
    }

    @Override
    public void close() {
        bar.close();
    }
}
