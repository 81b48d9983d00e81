/** What is kept in memory beside the store: jobs in the order of lists, counts, and how far facts have been folded. */
@NullMarked
package dev.leat.projector.index;

import org.jspecify.annotations.NullMarked;
