@NullMarked
package dev.leat.worker.lease;

import org.jspecify.annotations.NullMarked;
