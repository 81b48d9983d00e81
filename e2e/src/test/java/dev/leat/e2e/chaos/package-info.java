/** Chaos: a whole installation as real processes that are killed, suspended and restarted under load, and judged. */
@NullMarked
package dev.leat.e2e.chaos;

import org.jspecify.annotations.NullMarked;
