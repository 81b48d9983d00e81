package dev.leat.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The batches of a chaos run. The one place that says what is submitted, and what becomes of it. */
final class BatchMix {

    private static final int MOST_OPERATIONS = 30;

    private final RandomGenerator random;
    private int drawn;

    BatchMix(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A batch to be submitted.
     *
     * @param acceptable whether all of its operations are valid
     * @param cancelAfter when somebody cancels it, from when it was accepted
     * @param takeBackAfter when somebody wants it taken back
     */
    record Draft(String name, String body, boolean acceptable, Optional<Duration> cancelAfter,
            Optional<Duration> takeBackAfter) {}

    Draft draw() {
        String name = "chaos-" + drawn++;
        boolean acceptable = !oneIn(8);
        List<String> operations = new ArrayList<>();
        int howMany = random.nextInt(1, MOST_OPERATIONS);
        for (int i = 0; i < howMany; i++) {
            operations.add(operation());
        }
        if (!acceptable) {
            operations.add(random.nextInt(operations.size() + 1), """
                    {"type":"steps:step","params":{"millis":-1}}""");
        }
        String body = """
                {"name":"%s","options":{"onFailure":"%s"%s},"operations":[%s]%s}""".formatted(name,
                oneIn(2) ? "stop" : "continue",
                oneIn(3) ? "" : ",\"concurrency\":" + random.nextInt(1, 6), String.join(",", operations),
                oneIn(2) ? ",\"onCompletion\":{\"type\":\"steps:sum\",\"params\":{}}" : "");
        return new Draft(name, body, acceptable, after(4, 8), after(3, 15));
    }

    private String operation() {
        if (oneIn(10)) {
            return """
                    {"type":"demo:noop","params":{}}""";
        }
        if (oneIn(12)) {
            return """
                    {"type":"steps:step","params":{"millis":10},"delay":"PT%dS"}""".formatted(random.nextInt(1, 5));
        }
        return """
                {"type":"steps:step","params":{"millis":%d,"fails":%s}}""".formatted(
                random.nextInt(oneIn(5) ? 4_000 : 200), oneIn(20));
    }

    private Optional<Duration> after(int oneIn, int seconds) {
        int millis = random.nextInt(seconds * 1_000);
        return oneIn(oneIn) ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
