/**
 * Histories of Leat in a simulated world: one thread, one seed, virtual time, a model of Kafka, and shells that run the
 * decision classes of the services.
 */
@NullMarked
package dev.leat.simulation;

import org.jspecify.annotations.NullMarked;
