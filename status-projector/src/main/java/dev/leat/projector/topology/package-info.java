/** The topology: reads facts, folds them into jobs, writes decisions. */
@NullMarked
package dev.leat.projector.topology;

import org.jspecify.annotations.NullMarked;
