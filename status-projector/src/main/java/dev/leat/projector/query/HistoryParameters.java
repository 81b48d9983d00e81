package dev.leat.projector.query;

import java.time.Duration;
import java.util.Optional;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;

/**
 * The parameters of a question about the last hour as they come.
 *
 * @param bucket how long a piece of time is, in ISO 8601
 */
@Introspected
record HistoryParameters(@QueryValue Optional<String> plugin, @QueryValue Optional<String> bucket) {

    private static final Duration USUAL = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(10);

    Duration width() {
        Duration width = bucket.map(text -> text.equals(SHORT.toString()) ? SHORT : USUAL).orElse(USUAL);
        if (bucket.isPresent() && !bucket.get().equals(width.toString())) {
            throw QueryProblems.badParameter("bucket", "Expected PT10S or PT1M, but got something else.");
        }
        return width;
    }
}
