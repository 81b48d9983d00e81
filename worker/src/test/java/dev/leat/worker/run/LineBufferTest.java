package dev.leat.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.leat.domain.LogLine;

class LineBufferTest {

    @Test
    void shouldSendLinesInTheirOrder() {
        LineBuffer buffer = LineBuffer.of(line("a")).append(LineBuffer.of(line("b"))).append(LineBuffer.of(line("c")));

        assertThat(messages(buffer)).containsExactly("a", "b", "c");
    }

    @Test
    void shouldSayHowManyLinesGaveWay() {
        LineBuffer buffer = buffer(0, LineBuffer.MOST_LINES + 7);

        List<LogLine> sent = buffer.toSend();

        assertThat(sent).hasSize(LineBuffer.MOST_LINES + 1);
        assertThat(sent.getFirst().level()).isEqualTo(LogLine.Level.WARN);
        assertThat(sent.getFirst().fields()).isEqualTo(Map.of("dropped", "7"));
        assertThat(sent.get(1).message()).isEqualTo("7");
        assertThat(sent.getLast().message()).isEqualTo(Integer.toString(LineBuffer.MOST_LINES + 6));
    }

    @Test
    void shouldLetLongLinesGiveWay() {
        LineBuffer buffer = LineBuffer.of(line("first"));
        IntStream.range(0, 60).forEach(_ -> buffer.append(LineBuffer.of(line("x".repeat(LogLine.MAX_MESSAGE)))));

        assertThat(buffer.toSend().stream().skip(1).mapToInt(LogLine::size).sum())
                .isLessThanOrEqualTo(LineBuffer.MAX_SIZE)
                .isGreaterThan(LineBuffer.MAX_SIZE - 2 * LogLine.MAX_MESSAGE);
        assertThat(buffer.toSend().getFirst().fields()).isEqualTo(Map.of("dropped", "36"));
    }

    @Test
    void shouldCountWhatStoodBeforeLinesThatGaveWay() {
        LineBuffer earlier = buffer(0, 3);
        LineBuffer later = buffer(3, LineBuffer.MOST_LINES + 2);

        List<LogLine> sent = earlier.append(later).toSend();

        assertThat(sent.getFirst().fields()).isEqualTo(Map.of("dropped", "5"));
        assertThat(sent.get(1).message()).isEqualTo("5");
    }

    private static LineBuffer buffer(int first, int count) {
        LineBuffer buffer = LineBuffer.of(line(Integer.toString(first)));
        IntStream.range(first + 1, first + count)
                .forEach(number -> buffer.append(LineBuffer.of(line(Integer.toString(number)))));
        return buffer;
    }

    private static List<String> messages(LineBuffer buffer) {
        return buffer.toSend().stream().map(LogLine::message).toList();
    }

    private static LogLine line(String message) {
        return new LogLine(Instant.EPOCH, LogLine.Level.INFO, message, Map.of());
    }
}
