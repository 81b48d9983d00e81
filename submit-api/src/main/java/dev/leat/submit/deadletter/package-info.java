/** Shows what is on the dead-letter topic, and sends records back to where they came from. */
@NullMarked
package dev.leat.submit.deadletter;

import org.jspecify.annotations.NullMarked;
