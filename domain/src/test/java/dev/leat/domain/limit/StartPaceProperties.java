package dev.leat.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class StartPaceProperties {

    private static final long MILLI = 1_000_000;

    @Property(tries = 500)
    void inAnyTimeNoMoreStartThanTheRateSays(@ForAll @DoubleRange(min = 0.2, max = 500) double rate,
            @ForAll long seed) {
        Random random = new Random(seed);
        StartPace pace = new StartPace(rate, 0);
        List<Long> starts = new ArrayList<>();
        for (long now = 0; now < 20_000 * MILLI; now += random.nextLong(40) * MILLI) {
            while (pace.isOpen(now)) {
                pace.start(now);
                starts.add(now);
            }
        }
        double held = Math.max(1, rate * 0.1);
        for (int first = 0; first < starts.size(); first += 1 + starts.size() / 50) {
            for (int last = first; last < starts.size(); last++) {
                double seconds = (starts.get(last) - starts.get(first)) / 1e9;
                assertThat((double) (last - first + 1)).isLessThanOrEqualTo(rate * seconds + held + 1e-6);
            }
        }
        assertThat((double) starts.size()).as("nor far fewer").isGreaterThanOrEqualTo(Math.floor(rate * 19.9 * 0.7));
    }

    @Property(tries = 200)
    void isOpenWhenItSaysThatItWillBe(@ForAll @DoubleRange(min = 0.2, max = 500) double rate, @ForAll long seed) {
        Random random = new Random(seed);
        StartPace pace = new StartPace(rate, 0);
        long now = 0;
        for (int step = 0; step < 50; step++) {
            now += random.nextLong(100) * MILLI;
            if (pace.isOpen(now)) {
                pace.start(now);
            }
            now += pace.untilOpen(now) + 1;
            assertThat(pace.isOpen(now)).isTrue();
        }
    }
}
