@NullMarked
package dev.leat.projector.batch;

import org.jspecify.annotations.NullMarked;
