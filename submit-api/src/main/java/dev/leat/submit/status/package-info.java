/** Asks the projectors for what became of jobs. */
@NullMarked
package dev.leat.submit.status;

import org.jspecify.annotations.NullMarked;
