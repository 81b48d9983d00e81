/** What can be submitted and who is there to run it, as the workers say. */
@NullMarked
package dev.leat.submit.catalog;

import org.jspecify.annotations.NullMarked;
