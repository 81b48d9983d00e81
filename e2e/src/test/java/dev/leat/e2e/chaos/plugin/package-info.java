/** The plugins of a chaos run, which its workers load from a folder. */
@NullMarked
package dev.leat.e2e.chaos.plugin;

import org.jspecify.annotations.NullMarked;
