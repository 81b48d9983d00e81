/** Batches with gaps that are kept under a name. */
@NullMarked
package dev.leat.submit.template;

import org.jspecify.annotations.NullMarked;
