package dev.leat.runtime.http;

import java.time.Duration;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Turns every error that Micronaut answers with into a problem. Thread-safe. */
@Singleton
@Primary
final class ProblemResponses implements ErrorResponseProcessor<Problem> {

    private static final MediaType CONTENT_TYPE = MediaType.of(Problem.CONTENT_TYPE);

    private final ProblemOf problemOf;

    ProblemResponses(ProblemOf problemOf) {
        this.problemOf = problemOf;
    }

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        HttpStatus status = base.status();
        Problem problem = context.getRootCause()
                .map(cause -> problemOf.error(context.getRequest(), cause, status))
                .orElseGet(() -> problemOf.status(context.getRequest(), status));
        MutableHttpResponse<Problem> response = HttpResponse.status(HttpStatus.valueOf(problem.status()));
        base.getHeaders().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        if (context.getRootCause().orElse(null) instanceof ProblemException expected) {
            expected.retryAfter()
                    .ifPresent(delay -> response.header(HttpHeaders.RETRY_AFTER, Long.toString(wholeSeconds(delay))));
            expected.location().ifPresent(uri -> response.header(HttpHeaders.LOCATION, uri.toString()));
        }
        return context.getRequest().getMethod() == HttpMethod.HEAD
                ? response
                : response.body(problem).contentType(CONTENT_TYPE);
    }

    private static long wholeSeconds(Duration delay) {
        return Math.max(1, delay.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
