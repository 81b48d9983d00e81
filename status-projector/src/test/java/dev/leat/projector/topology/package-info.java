@NullMarked
package dev.leat.projector.topology;

import org.jspecify.annotations.NullMarked;
