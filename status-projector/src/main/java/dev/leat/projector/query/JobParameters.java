package dev.leat.projector.query;

import java.util.Optional;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;

/**
 * The parameters of a question about one job as they come.
 *
 * @param position where the record stands that the answer is to know
 * @param until {@code decided} or {@code ended}: what else to wait for
 * @param patience {@code wait}: how long to wait at most, in milliseconds
 */
@Introspected
record JobParameters(@QueryValue Optional<String> position, @QueryValue Optional<String> until,
        @QueryValue("wait") Optional<Long> patience) {}
