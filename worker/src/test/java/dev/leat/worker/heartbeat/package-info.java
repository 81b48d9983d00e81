@NullMarked
package dev.leat.worker.heartbeat;

import org.jspecify.annotations.NullMarked;
