/** As much of Kafka as Leat stands on: logs, transactions, idempotent producers, group membership and offsets. */
@NullMarked
package dev.leat.simulation.kafka;

import org.jspecify.annotations.NullMarked;
