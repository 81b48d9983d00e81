/** Batches: many operations that are submitted, counted, stopped and taken back together. */
@NullMarked
package dev.leat.domain.batch;

import org.jspecify.annotations.NullMarked;
