package dev.leat.testkit.guarantees;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.limit.PluginSetting.Limits;
import dev.leat.testkit.guarantees.PluginRecords.Start;

/**
 * Over all workers no more of a plugin's jobs run than its limit says, and no more start than its pace. Where workers come
 * or go, and where an operator has just said something else, more may for as long as a heartbeat or the operator's word is
 * under way; so only what was started in calm times counts, see {@link Calm}. What ran already when less was allowed goes
 * on, and does not count either.
 */
public final class LimitKept implements Guarantee {

    private static final double BUCKET_SECONDS = 0.1;

    @Override
    public List<String> violations(History history) {
        PluginRecords records = history.plugins();
        List<String> violations = new ArrayList<>();
        for (String plugin : records.plugins()) {
            Map<Instant, Limits> limits = records.saidOf(plugin, Limits.class);
            if (!limits.isEmpty()) {
                Calm calm = new Calm(records, limits.keySet());
                List<Instant> changes = List.copyOf(limits.keySet());
                for (int i = 0; i < changes.size(); i++) {
                    Instant from = changes.get(i);
                    Instant until = i + 1 < changes.size() ? changes.get(i + 1) : Instant.MAX;
                    List<Start> starts = records.startsOf(plugin)
                            .stream()
                            .filter(start -> !start.from().isBefore(from) && start.from().isBefore(until))
                            .filter(start -> calm.at(start.from()))
                            .toList();
                    judge(starts, Optional.ofNullable(limits.get(from)).orElseThrow(), calm, violations);
                }
            }
        }
        return violations;
    }

    private static void judge(List<Start> starts, Limits limits, Calm calm, List<String> violations) {
        limits.maxRunning().ifPresent(limit -> running(starts, limit, calm).ifPresent(violations::add));
        limits.startsPerSecond().ifPresent(rate -> pace(starts, rate, calm).ifPresent(violations::add));
    }

    private static Optional<String> running(List<Start> starts, int limit, Calm calm) {
        for (Start start : starts) {
            List<Start> together = starts.stream()
                    .filter(other -> other.equals(start) || other.isGoingOnAt(start.from()))
                    .filter(other -> !calm.mayHaveLost(other, start.from()))
                    .toList();
            if (together.size() > limit) {
                return Optional.of("Expected at most " + limit + " jobs of plugin " + start.plugin()
                        + " to run at a time, but at " + start.from() + " these did: "
                        + together.stream().map(Start::claim).toList());
            }
        }
        return Optional.empty();
    }

    /** Each worker may have a full bucket when the first one starts. */
    private static Optional<String> pace(List<Start> starts, double rate, Calm calm) {
        double atOnce = calm.workers() * Math.max(1, rate * BUCKET_SECONDS);
        for (int first = 0; first < starts.size(); first++) {
            Instant from = starts.get(first).from();
            for (int last = first + 1; last < starts.size()
                    && calm.between(from, starts.get(last).from()); last++) {
                double seconds = Duration.between(from, starts.get(last).from()).toNanos() / 1e9;
                int count = last - first + 1;
                if (count > rate * seconds + atOnce + 1e-3) {
                    return Optional.of("Expected at most " + rate + " jobs of plugin " + starts.get(first).plugin()
                            + " to start in a second, but from " + from + " on " + count + " started in " + seconds
                            + " s");
                }
            }
        }
        return Optional.empty();
    }
}
