package dev.leat.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** What a submission may say beside its type and params; what it does not say, the job type does. */
final class SubmitOptions {

    @Option(names = {"-p", "--priority"}, paramLabel = "LANE", description = "high, normal or low.")
    private Optional<String> priority = Optional.empty();

    @Option(names = "--delay", paramLabel = "DURATION", converter = HumaneDuration.class, description = "Hold it back for so long, such as 30s, 1h30m or PT30S.")
    private Optional<Duration> delay = Optional.empty();

    @Option(names = "--run-at", paramLabel = "TIME", description = "Not before this time, such as 2026-11-30T06:00:00+01:00.")
    private Optional<String> runAt = Optional.empty();

    @Option(names = "--expires-in", paramLabel = "DURATION", converter = HumaneDuration.class, description = "How long it may wait for its first start.")
    private Optional<Duration> expiresIn = Optional.empty();

    @Option(names = "--deadline", paramLabel = "DURATION", converter = HumaneDuration.class, description = "How long all of it may take, waiting and every attempt included.")
    private Optional<Duration> deadline = Optional.empty();

    @Option(names = "--timeout", paramLabel = "DURATION", converter = HumaneDuration.class, description = "How long one attempt may run.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(names = "--max-attempts", paramLabel = "N", description = "How many tries it has.")
    private Optional<Integer> maxAttempts = Optional.empty();

    @Option(names = "--retention", paramLabel = "DURATION", converter = HumaneDuration.class, description = "How long it is kept when it has ended.")
    private Optional<Duration> retention = Optional.empty();

    @Option(names = {"-t", "--tag"}, paramLabel = "TAG", description = "A word to find it by. May be repeated.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--unique", description = "Refuse it while another job of the type with the same params is open.")
    private boolean unique;

    @Option(names = "--unique-key", paramLabel = "KEY", description = "Refuse it while another job with this key is open.")
    private Optional<String> uniqueKey = Optional.empty();

    /** Writes what was said into the body of the submission. */
    void writeTo(ObjectNode body) {
        priority.ifPresent(lane -> body.put("priority", lane));
        runAt.ifPresent(time -> body.put("runAt", time));
        maxAttempts.ifPresent(tries -> body.put("maxAttempts", tries));
        uniqueKey.ifPresent(key -> body.put("uniqueKey", key));
        put(body, "delay", delay);
        put(body, "expiresIn", expiresIn);
        put(body, "deadline", deadline);
        put(body, "timeout", timeout);
        put(body, "retention", retention);
        if (unique) {
            body.put("unique", true);
        }
        if (!tags.isEmpty()) {
            tags.forEach(body.putArray("tags")::add);
        }
    }

    private static void put(ObjectNode body, String member, Optional<Duration> duration) {
        duration.ifPresent(time -> body.put(member, time.toString()));
    }
}
