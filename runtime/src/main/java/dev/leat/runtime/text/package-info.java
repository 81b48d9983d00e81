/** Small matters of text that several messages need. */
@NullMarked
package dev.leat.runtime.text;

import org.jspecify.annotations.NullMarked;
