/** The one JSON configuration of every service. */
@NullMarked
package dev.leat.runtime.json;

import org.jspecify.annotations.NullMarked;
