package dev.leat.plugin.test.planted;

import dev.leat.worker.WorkerOptions;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Breaks two rules: it sees the worker, of which only the host of plugins is allowed, and Kafka's clients. */
public record PluginTestThatSeesTheWorker(WorkerOptions worker, RecordMetadata sent) {}
