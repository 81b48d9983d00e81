package dev.leat.projector;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TopologyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.leat.projector.topology.ProjectorCounters;
import dev.leat.projector.topology.StopSignal;
import dev.leat.testkit.ManualClock;

class ThreadReplacementTest {

    private final ManualClock clock = new ManualClock(Samples.NOW);
    private final StopSignal stop = new StopSignal();
    private final ProjectorCounters counters = new ProjectorCounters();
    private final ThreadReplacement replacement = new ThreadReplacement(Duration.ZERO, stop, counters, clock);

    @Test
    void shouldReplaceThreadUntilFailuresPileUp() {
        for (int i = 0; i < ThreadReplacement.LIMIT; i++) {
            assertThat(replacement.handle(new StreamsException("registry away"))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(replacement.handle(new StreamsException("still"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldForgetFailuresOfLongAgo() {
        for (int i = 0; i < 3 * ThreadReplacement.LIMIT; i++) {
            assertThat(replacement.handle(new StreamsException("now and then"))).isEqualTo(REPLACE_THREAD);
            clock.advance(ThreadReplacement.WINDOW.dividedBy(5));
        }
    }

    @Test
    void shouldGiveUpAtOnceWhereJvmIsInTrouble() {
        assertThat(replacement.handle(new StreamsException(new OutOfMemoryError("heap")))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    @Timeout(60)
    void shouldReplaceAtOnceThreadWhoseTasksAreOlderThanALane() {
        ThreadReplacement patient = new ThreadReplacement(Duration.ofHours(1), stop, counters, clock);
        TopologyException unknown = new TopologyException("Topic leat.jobs.demo.high is unknown to the topology.");

        assertThat(patient.handle(unknown)).isEqualTo(REPLACE_THREAD);
        assertThat(patient.handle(new StreamsException("task 0_1", unknown))).isEqualTo(REPLACE_THREAD);
        assertThat(counters.failedThreads()).isEqualTo(2);
    }

    @Test
    void shouldGiveUpWhereEveryNewThreadHasTasksOfOldToo() {
        for (int i = 0; i < ThreadReplacement.LIMIT; i++) {
            assertThat(replacement.handle(new TopologyException("unknown"))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(replacement.handle(new TopologyException("still"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldNotReplaceThreadWhileStopping() {
        stop.stop();

        assertThat(replacement.handle(new StreamsException("closing"))).isEqualTo(SHUTDOWN_CLIENT);
    }
}
