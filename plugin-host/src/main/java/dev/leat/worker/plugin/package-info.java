/** The plugins that a worker hosts: found, checked, described for others, and called. */
@NullMarked
package dev.leat.worker.plugin;

import org.jspecify.annotations.NullMarked;
