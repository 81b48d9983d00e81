@NullMarked
package dev.leat.worker.claim;

import org.jspecify.annotations.NullMarked;
