package dev.leat.projector.query;

import java.util.Optional;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;

/**
 * The parameters of a question about one schedule as they come.
 *
 * @param version which version to wait for
 * @param until {@code gone}: to wait until it is deleted
 */
@Introspected
record ScheduleParameters(@QueryValue Optional<Long> version, @QueryValue Optional<String> until) {}
