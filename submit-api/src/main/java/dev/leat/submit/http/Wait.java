package dev.leat.submit.http;

import java.time.Duration;
import java.util.Optional;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;

/**
 * How long a request wants to wait for the end of a job.
 *
 * @param duration 0 to {@link #MAX_SECONDS} seconds
 * @param preferred whether the header {@code Prefer} says so, and not the query
 */
record Wait(Duration duration, boolean preferred) {

    static final int MAX_SECONDS = 60;
    static final Wait NONE = of(0, false);

    /**
     * Reads the query parameter {@code wait}, or else the header. A header that asks for more gets the most that there
     * is.
     *
     * @throws dev.leat.runtime.http.ProblemException where the parameter is wrong
     */
    static Wait of(HttpRequest<?> request) {
        Optional<Wait> demanded = RequestParameters.waitSeconds(request).map(seconds -> of(seconds, false));
        return demanded.or(() -> PreferHeader.waitSeconds(request.getHeaders().getAll("Prefer"))
                .map(seconds -> of(Math.min(seconds, MAX_SECONDS), true))).orElse(NONE);
    }

    private static Wait of(int seconds, boolean preferred) {
        return new Wait(Duration.ofSeconds(seconds), preferred);
    }

    /** Says in the response that the header was honoured, where it was. */
    MutableHttpResponse<?> applied(MutableHttpResponse<?> response) {
        return preferred ? response.header("Preference-Applied", "wait=" + duration.toSeconds()) : response;
    }
}
