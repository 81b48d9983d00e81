/** What operators say about plugins: pauses and limits. */
@NullMarked
package dev.leat.submit.plugin;

import org.jspecify.annotations.NullMarked;
