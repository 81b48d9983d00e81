/** How much of a plugin's work may go on at a time, over all workers. */
@NullMarked
package dev.leat.domain.limit;

import org.jspecify.annotations.NullMarked;
