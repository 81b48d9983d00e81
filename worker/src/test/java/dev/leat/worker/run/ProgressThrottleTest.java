package dev.leat.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Progress;

class ProgressThrottleTest {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final ProgressThrottle throttle = new ProgressThrottle(INTERVAL);

    @Test
    void shouldSendTheFirstReportAtOnceAndTheNextAfterTheInterval() {
        assertThat(throttle.offer(progress(1), 0)).hasValue(Duration.ZERO);
        assertThat(throttle.take(0)).hasValue(new ProgressThrottle.Report(1, progress(1)));
        assertThat(throttle.answered(millis(5))).isEmpty();

        assertThat(throttle.offer(progress(2), millis(30))).hasValue(Duration.ofMillis(70));
        assertThat(throttle.offer(progress(3), millis(40))).isEmpty();

        assertThat(throttle.take(millis(100))).hasValue(new ProgressThrottle.Report(2, progress(3)));
        assertThat(throttle.take(millis(200))).isEmpty();
    }

    @Test
    void shouldHaveOneReportUnderWayAtATime() {
        throttle.offer(progress(1), 0);
        throttle.take(0);

        assertThat(throttle.offer(progress(2), millis(500))).isEmpty();

        assertThat(throttle.answered(millis(900))).hasValue(Duration.ZERO);
    }

    @Test
    void shouldNeverSendFasterThanTheIntervalAndNeverLeaveOutTheLastReport() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int history = 0; history < 1_000; history++) {
            run(new ProgressThrottle(INTERVAL), random);
        }
    }

    private static void run(ProgressThrottle tested, Random random) {
        List<Long> sentAt = new ArrayList<>();
        Optional<Long> due = Optional.empty();
        Optional<Progress> last = Optional.empty();
        Optional<Progress> sent = Optional.empty();
        boolean underWay = false;
        long now = 0;
        for (int step = 0; step < 200; step++) {
            now += random.nextLong(millis(30));
            if (due.isPresent() && due.get() <= now) {
                due = Optional.empty();
                sent = tested.take(now).map(ProgressThrottle.Report::progress);
                sentAt.add(now);
                underWay = true;
            } else if (underWay && random.nextBoolean()) {
                underWay = false;
                due = after(now, tested.answered(now));
            } else {
                last = Optional.of(progress(random.nextInt(101)));
                Optional<Long> scheduled = after(now, tested.offer(last.get(), now));
                due = scheduled.isPresent() ? scheduled : due;
            }
        }
        Optional<Progress> rest = tested.take(now).map(ProgressThrottle.Report::progress);
        assertThat(rest.isPresent() ? rest : sent).isEqualTo(last);
        for (int i = 1; i < sentAt.size(); i++) {
            assertThat(sentAt.get(i) - sentAt.get(i - 1)).isGreaterThanOrEqualTo(INTERVAL.toNanos());
        }
    }

    private static Optional<Long> after(long now, Optional<Duration> delay) {
        return delay.map(wait -> now + wait.toNanos());
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static Progress progress(int percent) {
        return new Progress(percent, "");
    }
}
