package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;

import dev.leat.projector.Samples;
import dev.leat.testkit.ManualClock;

class AlarmTest {

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final ManualClock clock = new ManualClock(Samples.NOW);
    private int rings;
    private final Alarm alarm = new Alarm(context, clock, () -> rings++);

    private List<CapturedPunctuator> set() {
        return context.scheduledPunctuators().stream().filter(punctuator -> !punctuator.cancelled()).toList();
    }

    @Test
    void shouldSetNothingByItself() {
        assertThat(context.scheduledPunctuators()).isEmpty();
    }

    @Test
    void shouldGoOffOnceForEachSetting() {
        alarm.setFor(Samples.NOW.plusSeconds(3));
        assertThat(set()).singleElement()
                .satisfies(punctuator -> assertThat(punctuator.getInterval()).isEqualTo(Duration.ofSeconds(3)));

        set().getFirst().getPunctuator().punctuate(0);

        assertThat(rings).isEqualTo(1);
        assertThat(set()).isEmpty();
    }

    @Test
    void shouldBeBroughtForwardAndNeverPutBack() {
        alarm.setFor(Samples.NOW.plusSeconds(5));
        alarm.setFor(Samples.NOW.plusSeconds(8));
        assertThat(set()).extracting(CapturedPunctuator::getInterval).containsExactly(Duration.ofSeconds(5));

        alarm.setFor(Samples.NOW.plusSeconds(2));

        assertThat(set()).extracting(CapturedPunctuator::getInterval).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void shouldGoOffEarlyRatherThanLeaveMuchBehind() {
        alarm.setFor(Samples.NOW.plus(Duration.ofDays(1)));

        assertThat(set()).extracting(CapturedPunctuator::getInterval).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void shouldGoOffAtOnceForWhatIsOverdue() {
        alarm.setFor(Samples.NOW.minusSeconds(5));

        assertThat(set()).extracting(CapturedPunctuator::getInterval).containsExactly(Duration.ofMillis(1));
    }

    @Test
    void shouldBeCancelled() {
        alarm.setFor(Samples.NOW);

        alarm.cancel();

        assertThat(set()).isEmpty();
    }
}
