@NullMarked
package dev.leat.worker.run;

import org.jspecify.annotations.NullMarked;
