/** Tells others that this worker lives and what it hosts. */
@NullMarked
package dev.leat.worker.heartbeat;

import org.jspecify.annotations.NullMarked;
