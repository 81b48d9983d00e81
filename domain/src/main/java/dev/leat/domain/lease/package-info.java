/** Who lives, as others and as workers themselves can tell, and what becomes of the claims of those who do not. */
@NullMarked
package dev.leat.domain.lease;

import org.jspecify.annotations.NullMarked;
