package dev.leat.projector.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.domain.history.HistoryBucket;
import dev.leat.domain.history.LogHistogram;
import dev.leat.projector.index.PartitionView;

/**
 * What has happened within the last hour, added up over partitions and instances. The pieces of time are those of the
 * first part, which is this instance's own; what another one lacks of them, as its clock is behind, says nothing of lanes.
 * For one thread.
 */
final class HourCounts {

    private final Duration width;
    private final Map<Long, HistoryBucket> buckets = new TreeMap<>();

    /** A piece of time as one instance tells another of it. */
    record Part(long number, int started, int completed, int failed, OptionalLong queued, Counts waits, Counts runs) {

        static Part of(HistoryBucket bucket) {
            return new Part(bucket.number(), bucket.started(), bucket.completed(), bucket.failed(), bucket.queued(),
                    Counts.of(bucket.waits()), Counts.of(bucket.runs()));
        }
    }

    /** The counts of a histogram, from one of its classes on. */
    record Counts(int first, List<Integer> counts) {

        static Counts of(LogHistogram histogram) {
            return new Counts(histogram.first(), Arrays.stream(histogram.counts()).boxed().toList());
        }
    }

    /** A piece of time as it is shown. */
    record Shown(Instant at, int started, int completed, int failed, OptionalLong queued,
            @JsonProperty("wait") Times waits, @JsonProperty("run") Times runs) {}

    /** How long something took, in seconds; empty where it did not happen. */
    record Times(long count, Optional<Double> p50, Optional<Double> p99) {

        static Times of(LogHistogram histogram) {
            return new Times(histogram.total(), histogram.percentile(0.5).map(Times::seconds),
                    histogram.percentile(0.99).map(Times::seconds));
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1_000.0;
        }
    }

    /** @param now for which the pieces of time are made, all of them quiet */
    HourCounts(Duration width, Instant now) {
        this.width = width;
        long last = Math.floorDiv(now.getEpochSecond(), width.toSeconds());
        for (long number = last - Duration.ofHours(1).dividedBy(width) + 1; number <= last; number++) {
            buckets.put(number, HistoryBucket.quiet(number));
        }
    }

    /** Adds what partitions have. */
    void addAll(List<PartitionView> views, Optional<String> plugin, Instant now) {
        views.forEach(view -> add(view.lastHour().lastHour(plugin, width, now)));
    }

    /** Adds another instance's part. */
    void addPart(JsonNode part) {
        List<HistoryBucket> others = new ArrayList<>();
        part.path("buckets").forEach(bucket -> others.add(read(bucket)));
        add(others);
    }

    private void add(List<HistoryBucket> others) {
        Map<Long, HistoryBucket> byNumber = new TreeMap<>();
        others.forEach(other -> byNumber.put(other.number(), other));
        buckets.replaceAll((number, bucket) -> bucket.and(byNumber.getOrDefault(number, unknown(number))));
    }

    private static HistoryBucket unknown(long number) {
        return new HistoryBucket(number, 0, 0, 0, OptionalLong.empty(), new LogHistogram(), new LogHistogram());
    }

    private static HistoryBucket read(JsonNode bucket) {
        JsonNode queued = bucket.path("queued");
        return new HistoryBucket(bucket.path("number").asLong(), bucket.path("started").asInt(),
                bucket.path("completed").asInt(), bucket.path("failed").asInt(),
                queued.isNumber() ? OptionalLong.of(queued.asLong()) : OptionalLong.empty(),
                histogram(bucket.path("waits")), histogram(bucket.path("runs")));
    }

    private static LogHistogram histogram(JsonNode counts) {
        List<Integer> all = new ArrayList<>();
        counts.path("counts").forEach(count -> all.add(count.asInt()));
        return LogHistogram.of(counts.path("first").asInt(), all.stream().mapToInt(Integer::intValue).toArray());
    }

    Map<String, Object> part(List<Integer> partitions) {
        return Map.of("partitions", partitions, "buckets", buckets.values().stream().map(Part::of).toList());
    }

    /** Without the partitions: what callers get. */
    Map<String, Object> total() {
        return Map.of("bucket", width.toString(), "buckets", buckets.values().stream().map(this::shown).toList());
    }

    private Shown shown(HistoryBucket bucket) {
        return new Shown(Instant.ofEpochSecond(bucket.number() * width.toSeconds()), Math.max(0, bucket.started()),
                bucket.completed(), bucket.failed(), bucket.queued(), Times.of(bucket.waits()),
                Times.of(bucket.runs()));
    }
}
