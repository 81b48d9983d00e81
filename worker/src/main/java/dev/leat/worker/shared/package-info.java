/** What handlers reach beyond their own attempt: the state that their plugin shares, and further jobs. */
@NullMarked
package dev.leat.worker.shared;

import org.jspecify.annotations.NullMarked;
