/** Tells those who watch jobs what happens to them, as soon as it is in the log. */
@NullMarked
package dev.leat.submit.live;

import org.jspecify.annotations.NullMarked;
