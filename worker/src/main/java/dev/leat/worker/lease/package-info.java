/** Whether this worker can be sure that its jobs are its own. */
@NullMarked
package dev.leat.worker.lease;

import org.jspecify.annotations.NullMarked;
