@NullMarked
package dev.leat.worker.shared;

import org.jspecify.annotations.NullMarked;
