/** Whether this process can do its work. */
@NullMarked
package dev.leat.submit.health;

import org.jspecify.annotations.NullMarked;
