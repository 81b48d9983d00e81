/** Refuses jobs while too many wait. */
@NullMarked
package dev.leat.submit.capacity;

import org.jspecify.annotations.NullMarked;
