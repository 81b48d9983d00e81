package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the context's default methods promise, whoever implements the rest. */
class JobContextTest {

    private record Line(LogLevel level, String message, Map<String, String> fields) {}

    private final List<Integer> reported = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private boolean cancelled;
    private final JobContext context = new JobContext() {
        @Override
        public UUID jobId() {
            return new UUID(0, 7);
        }

        @Override
        public int attempt() {
            return 2;
        }

        @Override
        public void progress(int percent, String message) {
            reported.add(percent);
        }

        @Override
        public void checkpoint(byte[] bytes) {
            throw new UnsupportedOperationException("checkpoint");
        }

        @Override
        public void checkpoint(Record state) {
            throw new UnsupportedOperationException("checkpoint");
        }

        @Override
        public Optional<byte[]> lastCheckpoint() {
            return Optional.empty();
        }

        @Override
        public <C extends Record> Optional<C> lastCheckpoint(Class<C> type) {
            return Optional.empty();
        }

        @Override
        public void log(LogLevel level, String message, Map<String, String> fields) {
            lines.add(new Line(level, message, fields));
        }

        @Override
        public UUID enqueue(JobRequest request) {
            throw new UnsupportedOperationException("enqueue");
        }

        @Override
        public UUID enqueueBatch(BatchRequest request) {
            throw new UnsupportedOperationException("enqueueBatch");
        }

        @Override
        public List<EndedJob> ended() {
            return List.of();
        }

        @Override
        public PluginState state() {
            throw new UnsupportedOperationException("state");
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.fixed(Instant.EPOCH);
        }
    };

    @ParameterizedTest
    @CsvSource({"0,3,0", "1,3,33", "2,3,66", "3,3,100", "999,1000,99", "0,0,100",
            "9223372036854775806,9223372036854775807,99", "9223372036854775807,9223372036854775807,100",
            "4611686018427387904,9223372036854775807,50", "29,100,29", "57,100,57", "58,100,58"})
    void shouldRoundPercentageDown(long done, long total, int percent) {
        context.progress(done, total, "");

        assertThat(reported).containsExactly(percent);
    }

    @ParameterizedTest
    @CsvSource({"-1,3", "4,3", "1,0", "0,-1"})
    void shouldRefuseProgressOutsideOfTheWhole(long done, long total) {
        assertThatThrownBy(() -> context.progress(done, total, "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but got " + done);
        assertThat(reported).isEmpty();
    }

    @Test
    void shouldThrowOnlyOnceCancelled() {
        assertThatCode(context::throwIfCancelled).doesNotThrowAnyException();

        cancelled = true;

        assertThatThrownBy(context::throwIfCancelled).isInstanceOf(JobCancelledException.class)
                .hasMessage("Attempt 2 of job 00000000-0000-0000-0000-000000000007 was told to stop");
    }

    @Test
    void shouldLogWithoutFieldsAtTheNamedLevel() {
        context.info("begins");
        context.warn("slow");
        context.error("stuck");

        assertThat(lines).containsExactly(new Line(LogLevel.INFO, "begins", Map.of()),
                new Line(LogLevel.WARN, "slow", Map.of()), new Line(LogLevel.ERROR, "stuck", Map.of()));
    }
}
