package dev.leat.e2e.chaos;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The jobs of a chaos run. The one place that says what is submitted, and how often. */
final class JobMix {

    private static final WeightedChoice<Share> SHARES = WeightedChoice.of(List.of(
            new Share("short", 50, random -> job("noop", "{}", random)),
            new Share("brief", 30, random -> sleep(random.nextInt(20, 500), random)),
            new Share("long", 8, random -> sleep(random.nextInt(2_000, 8_000), random)),
            // Longer than a lease, and than most outages.
            new Share("longest", 2, random -> sleep(random.nextInt(12_000, 20_000), random)),
            new Share("failing", 6, random -> job("fail", """
                    {"way":"SAY"}""", random)),
            new Share("throwing", 4, random -> job("fail", """
                    {"way":"THROW"}""", random))),
            Share::weight);

    private static final List<String> PRIORITIES = List.of("high", "normal", "low");

    private JobMix() {}

    /** The body of a submission. */
    static String draw(RandomGenerator random) {
        return SHARES.draw(random).body().apply(random);
    }

    private static String sleep(int millis, RandomGenerator random) {
        return job("sleep", """
                {"millis":%d,"steps":4}""".formatted(millis), random);
    }

    private static String job(String type, String params, RandomGenerator random) {
        return """
                {"type":"demo:%s","params":%s,"priority":"%s"}""".formatted(type, params,
                PRIORITIES.get(random.nextInt(PRIORITIES.size())));
    }

    private record Share(String name, int weight, Function<RandomGenerator, String> body) {}
}
