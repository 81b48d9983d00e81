/** Schedules: keeps them, fires them when they are due, and lets them know how their jobs ended. */
@NullMarked
package dev.leat.projector.schedule;

import org.jspecify.annotations.NullMarked;
