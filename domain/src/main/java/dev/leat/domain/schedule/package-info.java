/**
 * When schedules fire and what they fire: cron expressions, intervals, daylight saving, overlap and what was missed. The
 * decisions are made on a schedule's state, for a shell that stores it and carries them out in one transaction.
 */
@NullMarked
package dev.leat.domain.schedule;

import org.jspecify.annotations.NullMarked;
