/** Tests of the whole. */
@NullMarked
package dev.leat.e2e;

import org.jspecify.annotations.NullMarked;
