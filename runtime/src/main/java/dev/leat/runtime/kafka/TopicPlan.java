package dev.leat.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.common.config.TopicConfig;

import dev.leat.schemas.Topics;

/** A topic as Leat makes it: its name and how long it keeps what. Everything else is the broker's default. */
record TopicPlan(String name, Map<String, String> config) {

    private static final Duration JOB_RETENTION = Duration.ofDays(7);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);
    /** Compaction leaves the active segment alone, so heartbeats must not fill one for days before it is rolled. */
    private static final Duration COMPACTED_SEGMENT = Duration.ofMinutes(10);

    /** The topics of an installation that hosts these plugins; {@code events} is the first. */
    static List<TopicPlan> of(Topics topics, Collection<String> plugins) {
        Stream<TopicPlan> core = Stream.of(deleted(topics.events(), JOB_RETENTION),
                deleted(topics.pending(), JOB_RETENTION),
                deleted(topics.control(), JOB_RETENTION),
                compacted(topics.workers()),
                compacted(topics.plugins()),
                compacted(topics.pluginSettings()),
                compacted(topics.pluginState()),
                compacted(topics.schedules()),
                compacted(topics.batchTemplates()),
                deleted(topics.batches(), JOB_RETENTION),
                deleted(topics.batchOrders(), JOB_RETENTION),
                deleted(topics.notices(), JOB_RETENTION),
                deleted(topics.deadLetter(), DEAD_LETTER_RETENTION));
        Stream<TopicPlan> lanes = plugins.stream()
                .distinct()
                .flatMap(plugin -> topics.lanesOf(plugin).stream())
                .map(TopicPlan::kept);
        return Stream.concat(core, lanes).toList();
    }

    private static TopicPlan deleted(String name, Duration retention) {
        return new TopicPlan(name, Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())));
    }

    /** Commands wait as long as they have to; the projectors delete those that have been claimed. */
    private static TopicPlan kept(String name) {
        return new TopicPlan(name, Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, "-1"));
    }

    private static TopicPlan compacted(String name) {
        return new TopicPlan(name, Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.SEGMENT_MS_CONFIG, Long.toString(COMPACTED_SEGMENT.toMillis()),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1"));
    }
}
