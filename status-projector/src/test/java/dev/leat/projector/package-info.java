@NullMarked
package dev.leat.projector;

import org.jspecify.annotations.NullMarked;
