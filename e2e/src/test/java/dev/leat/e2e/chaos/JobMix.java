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
            new Share("failing", 4, random -> job("fail", """
                    {"way":"SAY"}""", random)),
            new Share("throwing", 3, random -> job("fail", """
                    {"way":"THROW"}""", random)),
            new Share("hopeless", 2, random -> job("fail", """
                    {"way":"FOR_GOOD"}""", random)),
            new Share("retrying", 8, random -> job("fail", """
                    {"failures":%d}""".formatted(random.nextInt(1, 4)), random, """
                    ,"maxAttempts":5,"backoff":{"first":"PT0.2S","factor":2,"cap":"PT3S","jitter":0.5}""")),
            new Share("delayed", 5, random -> job("noop", "{}", random, """
                    ,"delay":"PT%dS\"""".formatted(random.nextInt(1, 15)))),
            new Share("expiring", 3, random -> job("noop", "{}", random, """
                    ,"expiresIn":"PT0.%dS\"""".formatted(random.nextInt(1, 9)))),
            new Share("late", 2, random -> job("sleep", """
                    {"millis":5000,"steps":2}""", random, """
                    ,"timeout":"PT1S","maxAttempts":2,"backoff":{"constant":"PT1S"}""")),
            // More than the plugin's limit lets run, so that they have to wait for each other.
            new Share("scarce", 12, random -> """
                    {"type":"scarce:work","params":{"millis":%d}}""".formatted(random.nextInt(300, 1_800))),
            new Share("unique", 5, random -> job("sleep", """
                    {"millis":300,"steps":1}""", random, """
                    ,"uniqueKey":"key-%d\"""".formatted(random.nextInt(10))))),
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
        return job(type, params, random, "");
    }

    private static String job(String type, String params, RandomGenerator random, String terms) {
        return """
                {"type":"demo:%s","params":%s,"priority":"%s"%s}""".formatted(type, params,
                PRIORITIES.get(random.nextInt(PRIORITIES.size())), terms);
    }

    private record Share(String name, int weight, Function<RandomGenerator, String> body) {}
}
