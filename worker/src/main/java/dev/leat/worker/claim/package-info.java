/** Claims commands for this worker: a fact, a commit, and only then the run. */
@NullMarked
package dev.leat.worker.claim;

import org.jspecify.annotations.NullMarked;
