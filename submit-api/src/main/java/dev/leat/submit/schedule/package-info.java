/** Schedules: reads what is wanted of them, writes it to Kafka, and asks the projectors what has become of it. */
@NullMarked
package dev.leat.submit.schedule;

import org.jspecify.annotations.NullMarked;
