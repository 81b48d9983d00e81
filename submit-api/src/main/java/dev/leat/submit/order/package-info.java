/** Batches that schedules and handlers order: each is opened once. */
@NullMarked
package dev.leat.submit.order;

import org.jspecify.annotations.NullMarked;
