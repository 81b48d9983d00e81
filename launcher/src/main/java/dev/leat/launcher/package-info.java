/** The {@code leat} command: starts everything in one process, or single roles. */
@NullMarked
package dev.leat.launcher;

import org.jspecify.annotations.NullMarked;
