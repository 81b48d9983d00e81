/** The dashboard in a real browser, before a whole Leat. */
@NullMarked
package dev.leat.e2e.dashboard;

import org.jspecify.annotations.NullMarked;
