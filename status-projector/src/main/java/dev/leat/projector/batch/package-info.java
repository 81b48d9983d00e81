/** The part of the topology that sees to batches: releases their operations and hears how they end. */
@NullMarked
package dev.leat.projector.batch;

import org.jspecify.annotations.NullMarked;
