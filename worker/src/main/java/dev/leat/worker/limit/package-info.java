/** How much of each plugin this worker may start. What is to be divided among workers, {@link dev.leat.domain.limit} says. */
@NullMarked
package dev.leat.worker.limit;

import org.jspecify.annotations.NullMarked;
