package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private final CommitPace pace = new CommitPace();

    private Optional<Instant> at(long millis) {
        return pace.next(START.plusMillis(millis));
    }

    private static Optional<Instant> time(long millis) {
        return Optional.of(START.plusMillis(millis));
    }

    @Test
    void shouldCommitAtOnceWhatComesNowAndThen() {
        assertThat(at(0)).isEqualTo(time(0));
        assertThat(at(25)).isEqualTo(time(25));
        assertThat(at(400)).isEqualTo(time(400));
    }

    @Test
    void shouldPutOffWhatComesTooSoonAndTakeTheRestAlong() {
        assertThat(at(0)).isEqualTo(time(0));
        assertThat(at(10)).isEqualTo(time(25));
        assertThat(at(11)).as("goes with the one that is planned").isEmpty();
        assertThat(at(26)).isEqualTo(time(50));
    }

    @Test
    void shouldLeaveAFloodToTheInterval() {
        List<Instant> planned = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            at(i).ifPresent(planned::add);
        }

        assertThat(planned).as("before it shows that it is one").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void shouldCommitEarlyAgainWhenAFloodIsOver() {
        for (int i = 0; i < 150; i++) {
            var _ = at(i);
        }

        assertThat(at(1_000)).isEqualTo(time(1_000));
    }

    @Test
    void shouldKeepThreadsApart() throws InterruptedException {
        assertThat(at(0)).isPresent();
        List<Optional<Instant>> other = new ArrayList<>();

        Thread thread = Thread.ofPlatform().start(() -> other.add(at(1)));
        thread.join();

        assertThat(other).containsExactly(time(1));
    }
}
