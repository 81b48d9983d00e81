package dev.leat.cli.live;

import java.time.Instant;
import java.util.List;

/** Several jobs at once, drawn anew in their place. Used by one thread, which closes it. */
public final class LiveBoard implements AutoCloseable {

    private final LiveArea area;

    public LiveBoard(Screen screen) {
        this.area = new LiveArea(screen);
    }

    /** Draws them as they are now. */
    public void show(List<FollowedJob> jobs, Instant now) {
        area.show(Board.lines(jobs, now, area.width(), area.style()));
    }

    @Override
    public void close() {
        area.close();
    }
}
