/**
 * What the projector decides: what follows from a fact, from a due time and from a silent worker, as effects for its
 * shell to carry out.
 */
@NullMarked
package dev.leat.domain.projection;

import org.jspecify.annotations.NullMarked;
