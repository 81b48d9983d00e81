/** Measures a running Leat from outside, as a client sees it. */
@NullMarked
package dev.leat.benchmarks;

import org.jspecify.annotations.NullMarked;
