/** What watchers of jobs are told: which facts count, and what a job was at an earlier place in the log. */
@NullMarked
package dev.leat.domain.live;

import org.jspecify.annotations.NullMarked;
