/**
 * Avro records in Confluent's wire format, with schemas from any registry that speaks Confluent's REST protocol.
 *
 * <p>{@link dev.leat.schemas.serde.AvroSerializer} and {@link dev.leat.schemas.serde.AvroDeserializer} take the property
 * names of Confluent's serializers and are chosen by class name, so that the one can stand in for the other. Code that
 * uses them relies on Kafka's interfaces alone and asks {@link dev.leat.schemas.serde.SerdeFault} what a failure means.
 */
@NullMarked
package dev.leat.schemas.serde;

import org.jspecify.annotations.NullMarked;
