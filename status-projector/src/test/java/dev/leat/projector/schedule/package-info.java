@NullMarked
package dev.leat.projector.schedule;

import org.jspecify.annotations.NullMarked;
