package dev.leat.plugins.demo.fetch;

import dev.leat.plugin.Description;
import java.util.Optional;
import java.util.OptionalInt;

/** What came of one URL. */
record FetchedUrl(@Description("The URL as it was submitted.") String url,
        @Description("The HTTP status of the last answer; left out if none came.") OptionalInt status,
        @Description("How many bytes of the body were read.") long size,
        @Description("Whether the body is larger than what may be read.") boolean truncated,
        @Description("How long it took, redirects included, in milliseconds.") long duration,
        @Description("Why the URL could not be fetched, or not to its end; left out if it was.") Optional<String> error) {

    /** How it ended, in a few words. */
    String summary() {
        return error.orElseGet(() -> "status %d, %d bytes%s".formatted(status.orElse(0), size,
                truncated ? " and more" : ""));
    }
}
