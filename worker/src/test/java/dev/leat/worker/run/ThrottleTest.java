package dev.leat.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Progress;

class ThrottleTest {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Throttle<Progress> throttle = Throttle.latest(INTERVAL);

    @Test
    void shouldSendTheFirstReportAtOnceAndTheNextAfterTheInterval() {
        assertThat(throttle.offer(progress(1), 0)).hasValue(Duration.ZERO);
        assertThat(throttle.take(0)).hasValue(new Throttle.Parcel<>(1, progress(1)));
        assertThat(throttle.arrived(millis(5))).isEmpty();

        assertThat(throttle.offer(progress(2), millis(30))).hasValue(Duration.ofMillis(70));
        assertThat(throttle.offer(progress(3), millis(40))).isEmpty();

        assertThat(throttle.take(millis(100))).hasValue(new Throttle.Parcel<>(2, progress(3)));
        assertThat(throttle.take(millis(200))).isEmpty();
    }

    @Test
    void shouldHaveOneReportUnderWayAtATime() {
        throttle.offer(progress(1), 0);
        throttle.take(0);

        assertThat(throttle.offer(progress(2), millis(500))).isEmpty();

        assertThat(throttle.arrived(millis(900))).hasValue(Duration.ZERO);
    }

    @Test
    void shouldLetWhatWasRefusedWaitAgainUnlessThereIsLater() {
        throttle.offer(progress(1), 0);
        throttle.take(0);

        assertThat(throttle.refused(progress(1), millis(5))).hasValue(Duration.ofMillis(95));
        assertThat(throttle.take(millis(100))).hasValue(new Throttle.Parcel<>(2, progress(1)));

        throttle.offer(progress(2), millis(110));
        throttle.refused(progress(1), millis(120));
        assertThat(throttle.take(millis(200))).hasValue(new Throttle.Parcel<>(3, progress(2)));
    }

    @Test
    void shouldMergeWhatWaits() {
        Throttle<String> all = new Throttle<>(INTERVAL, String::concat);

        all.offer("a", 0);
        all.offer("b", 1);
        assertThat(all.take(2)).hasValue(new Throttle.Parcel<>(1, "ab"));
        all.offer("c", 3);
        all.refused("ab", 4);

        assertThat(all.take(5)).hasValue(new Throttle.Parcel<>(2, "abc"));
    }

    @Test
    void shouldNeverSendFasterThanTheIntervalAndNeverLeaveOutTheLastReport() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int history = 0; history < 1_000; history++) {
            run(Throttle.latest(INTERVAL), random);
        }
    }

    private static void run(Throttle<Progress> tested, Random random) {
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
                sent = tested.take(now).map(Throttle.Parcel::content);
                sentAt.add(now);
                underWay = true;
            } else if (underWay && random.nextBoolean()) {
                underWay = false;
                due = after(now, tested.arrived(now));
            } else {
                last = Optional.of(progress(random.nextInt(101)));
                Optional<Long> scheduled = after(now, tested.offer(last.get(), now));
                due = scheduled.isPresent() ? scheduled : due;
            }
        }
        Optional<Progress> rest = tested.take(now).map(Throttle.Parcel::content);
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
