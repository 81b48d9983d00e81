/** Submits batches: all of their operations, or none. */
@NullMarked
package dev.leat.submit.batch;

import org.jspecify.annotations.NullMarked;
