@NullMarked
package dev.leat.projector.query;

import org.jspecify.annotations.NullMarked;
