/** How many attempts a worker runs at a time, for all plugins together and for each. */
@NullMarked
package dev.leat.worker.slot;

import org.jspecify.annotations.NullMarked;
