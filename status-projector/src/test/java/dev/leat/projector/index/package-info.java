@NullMarked
package dev.leat.projector.index;

import org.jspecify.annotations.NullMarked;
