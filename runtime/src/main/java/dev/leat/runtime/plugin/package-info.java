/** What is known of plugins beside what they announce themselves. */
@NullMarked
package dev.leat.runtime.plugin;

import org.jspecify.annotations.NullMarked;
