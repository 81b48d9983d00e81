/** Typed options: declared once, read from file, environment and command line, checked together at start. */
@NullMarked
package dev.leat.runtime.settings;

import org.jspecify.annotations.NullMarked;
