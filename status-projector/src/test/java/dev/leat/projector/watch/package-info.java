@NullMarked
package dev.leat.projector.watch;

import org.jspecify.annotations.NullMarked;
