/**
 * A Kafka broker and a schema registry inside the own process, for the all-in-one command, development and tests.
 * Kafka's internal classes are named in {@link dev.leat.embedded.EmbeddedBroker} alone.
 */
@NullMarked
package dev.leat.embedded;

import org.jspecify.annotations.NullMarked;
