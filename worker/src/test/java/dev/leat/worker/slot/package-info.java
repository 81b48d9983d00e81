@NullMarked
package dev.leat.worker.slot;

import org.jspecify.annotations.NullMarked;
