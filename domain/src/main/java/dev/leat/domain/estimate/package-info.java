/** How long jobs and batches will take, from how long others took. */
@NullMarked
package dev.leat.domain.estimate;

import org.jspecify.annotations.NullMarked;
