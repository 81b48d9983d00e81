/** The projector's shell: tasks with their stores and transactions, and the watch over workers. */
@NullMarked
package dev.leat.simulation.projector;

import org.jspecify.annotations.NullMarked;
