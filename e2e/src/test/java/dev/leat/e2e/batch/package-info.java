/** Batches on a real broker, with every role. */
@NullMarked
package dev.leat.e2e.batch;

import org.jspecify.annotations.NullMarked;
