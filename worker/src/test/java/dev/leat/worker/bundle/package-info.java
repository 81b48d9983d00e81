@NullMarked
package dev.leat.worker.bundle;

import org.jspecify.annotations.NullMarked;
