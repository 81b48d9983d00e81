/** What Leat decides, and nothing else: no I/O, no clock, no randomness that is not passed in. */
@NullMarked
package dev.leat.domain;

import org.jspecify.annotations.NullMarked;
