/** What changes while it is looked at: progress bars, and views of the whole screen. */
@NullMarked
package dev.leat.cli.live;

import org.jspecify.annotations.NullMarked;
