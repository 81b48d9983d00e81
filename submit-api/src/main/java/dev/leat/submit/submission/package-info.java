/** Takes jobs and requests to cancel in and writes them to Kafka. */
@NullMarked
package dev.leat.submit.submission;

import org.jspecify.annotations.NullMarked;
