/** Clients of Kafka, configured once for all services, and what is read or made with them outside a consumer group. */
@NullMarked
package dev.leat.runtime.kafka;

import org.jspecify.annotations.NullMarked;
