package dev.leat.domain.planted;

import org.apache.kafka.common.TopicPartition;

/** Breaks the rule that the domain sees only the JDK. */
public record DomainThatSeesKafka(TopicPartition partition) {}
