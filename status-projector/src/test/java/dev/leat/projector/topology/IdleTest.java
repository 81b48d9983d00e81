package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;

import dev.leat.projector.Samples;

/** How often a task with nothing to do has Kafka Streams call it, each of which costs a transaction. */
class IdleTest extends OnBench {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void shouldNeverBeCalledWhereNothingWaitsForATime() {
        bench.lane(id, Samples.queued());

        MockProcessorContext<byte[], Outgoing> task = bench.beginAnother();

        assertThat(task.scheduledPunctuators()).isEmpty();
        assertThat(task.committed()).isFalse();
    }

    @Test
    void shouldBeCalledOnceInTenSecondsWhereAllIsForLater() {
        bench.pending(id, Samples.scheduled(Samples.runAt(bench.clock.instant().plus(Duration.ofHours(1)))));
        MockProcessorContext<byte[], Outgoing> task = bench.beginAnother();
        Instant end = bench.clock.instant().plus(MINUTE);

        int calls = 0;
        while (bench.clock.instant().isBefore(end)) {
            CapturedPunctuator next = set(task).getFirst();
            bench.clock.advance(next.getInterval());
            next.getPunctuator().punctuate(bench.clock.instant().toEpochMilli());
            calls++;
            assertThat(set(task)).hasSize(1);
        }

        assertThat(calls).isEqualTo(6);
        assertThat(task.forwarded()).isEmpty();
        assertThat(task.committed()).isFalse();
    }

    private static List<CapturedPunctuator> set(MockProcessorContext<byte[], Outgoing> task) {
        return task.scheduledPunctuators().stream().filter(punctuator -> !punctuator.cancelled()).toList();
    }
}
