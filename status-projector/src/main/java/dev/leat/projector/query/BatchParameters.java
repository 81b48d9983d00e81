package dev.leat.projector.query;

import java.util.Optional;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;

/**
 * The parameters of a question about batches as they come.
 *
 * @param position where the record stands that the answer is to know
 */
@Introspected
record BatchParameters(@QueryValue Optional<String> position, @QueryValue Optional<String> status,
        @QueryValue Optional<String> cursor, @QueryValue Optional<Integer> limit) {}
