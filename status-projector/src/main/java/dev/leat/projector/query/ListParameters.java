package dev.leat.projector.query;

import java.util.Optional;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;

/** The parameters of a list as they come. */
@Introspected
record ListParameters(@QueryValue Optional<String> status, @QueryValue Optional<String> plugin,
        @QueryValue Optional<String> type, @QueryValue Optional<String> tag, @QueryValue Optional<String> batch,
        @QueryValue Optional<String> cursor, @QueryValue Optional<Integer> limit) {}
