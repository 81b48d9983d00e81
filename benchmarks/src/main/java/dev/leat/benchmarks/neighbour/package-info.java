/** A plugin that does others no good. {@code benchmarks/run} makes a jar of it. */
@NullMarked
package dev.leat.benchmarks.neighbour;

import org.jspecify.annotations.NullMarked;
