package dev.leat.worker.planted;

import org.apache.kafka.server.common.MetadataVersion;

import dev.leat.embedded.EmbeddedBroker;
import dev.leat.schemas.avro.JobCommand;

/** Breaks three rules: it sees another module, a generated type and Kafka's broker. */
public record WorkerThatSeesTooMuch(EmbeddedBroker broker, JobCommand command, MetadataVersion version) {}
