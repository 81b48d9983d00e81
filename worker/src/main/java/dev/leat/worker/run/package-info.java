/** Runs claimed attempts on virtual threads and tells what becomes of them. */
@NullMarked
package dev.leat.worker.run;

import org.jspecify.annotations.NullMarked;
