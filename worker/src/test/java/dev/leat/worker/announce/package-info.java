@NullMarked
package dev.leat.worker.announce;

import org.jspecify.annotations.NullMarked;
