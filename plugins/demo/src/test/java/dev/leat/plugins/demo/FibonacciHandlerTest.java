package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugins.demo.RecordingContext.Report;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FibonacciHandlerTest {

    private final FibonacciHandler handler = new FibonacciHandler();

    @Test
    void shouldBeginWithZeroAndOne() throws Exception {
        assertThat(numbers(12)).containsExactly("0", "1", "1", "2", "3", "5", "8", "13", "21", "34", "55", "89");
        assertThat(numbers(1)).containsExactly("0");
    }

    /** Published values; the first is the first beyond what a double holds. */
    @ParameterizedTest
    @CsvSource({"80,14472334024676221", "101,354224848179261915075",
            "301,222232244629420445529739893461909967206666939096499764990979600"})
    void shouldStayExact(int count, String last) throws Exception {
        assertThat(numbers(count).getLast()).isEqualTo(last);
    }

    @Test
    void shouldAddUpExactlyToTheThousandth() throws Exception {
        List<BigInteger> numbers = numbers(1000).stream().map(BigInteger::new).toList();

        assertThat(numbers).hasSize(1000);
        for (int i = 2; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1).add(numbers.get(i - 2)));
        }
    }

    @Test
    void shouldReportEveryTenNumbers() throws Exception {
        RecordingContext context = new RecordingContext();

        handler.run(new FibonacciInput(25, 0), context);

        assertThat(context.reports()).containsExactly(new Report(40, "10 of 25 numbers"),
                new Report(80, "20 of 25 numbers"), new Report(100, "25 of 25 numbers"));
    }

    private List<String> numbers(int count) throws Exception {
        return switch (handler.run(new FibonacciInput(count, 0), new RecordingContext())) {
            case JobOutcome.Succeeded<FibonacciResult>(FibonacciResult result) -> result.numbers();
            case JobOutcome<FibonacciResult> other -> throw new AssertionError("Expected success, but got " + other);
        };
    }
}
