package dev.leat.plugins.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobType;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.ProgressReport;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FibonacciHandlerTest {

    private final JobHandlerTester fibonacci = JobHandlerTester.of(
            JobType.named("fibonacci", FibonacciInput.class, FibonacciResult.class).handledBy(new FibonacciHandler()));

    @Test
    void shouldBeginWithZeroAndOne() {
        assertThat(numbers(12)).containsExactly("0", "1", "1", "2", "3", "5", "8", "13", "21", "34", "55", "89");
        assertThat(numbers(1)).containsExactly("0");
    }

    /** Published values; the first is the first beyond what a double holds. */
    @ParameterizedTest
    @CsvSource({"80,14472334024676221", "101,354224848179261915075",
            "301,222232244629420445529739893461909967206666939096499764990979600"})
    void shouldStayExact(int count, String last) {
        assertThat(numbers(count).getLast()).isEqualTo(last);
    }

    @Test
    void shouldAddUpExactlyToTheThousandth() {
        List<BigInteger> numbers = numbers(1000).stream().map(BigInteger::new).toList();

        assertThat(numbers).hasSize(1000);
        for (int i = 2; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1).add(numbers.get(i - 2)));
        }
    }

    @Test
    void shouldReportEveryTenNumbers() {
        assertThat(fibonacci.run(new FibonacciInput(25, 0)).progress()).containsExactly(
                new ProgressReport(40, "10 of 25 numbers"),
                new ProgressReport(80, "20 of 25 numbers"), new ProgressReport(100, "25 of 25 numbers"));
    }

    private List<String> numbers(int count) {
        return fibonacci.run(new FibonacciInput(count, 0)).result(FibonacciResult.class).numbers();
    }
}
