/** What has happened to jobs within the last hour, in small pieces of time. */
@NullMarked
package dev.leat.domain.history;

import org.jspecify.annotations.NullMarked;
