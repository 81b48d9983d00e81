package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.leat.plugin.test.AttemptEnd;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.TestedAttempt;

/** Runs the handler as a worker would, without Kafka. */
class GreetHandlerTest {

    private final JobHandlerTester greet = JobHandlerTester.of(new {{Name}}Plugin()).type("greet");

    @Test
    void shouldGreetEverybodyByName() {
        TestedAttempt attempt = greet.runJson("""
                {"names": ["Ada", "Grace"]}""");

        assertEquals(List.of("Hello Ada", "Hello Grace"), attempt.result(GreetResult.class).greetings());
    }

    @Test
    void shouldStopBetweenTwoPeople() {
        TestedAttempt attempt = greet.cancelAfterProgress(1).runJson("""
                {"names": ["Ada", "Grace"], "pauseMillis": 10000}""");

        assertEquals(AttemptEnd.CANCELLED, attempt.end());
    }
}
