package dev.leat.runtime.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import jakarta.inject.Singleton;

/** Takes what no more special handler of Micronaut takes: {@link ProblemException} and everything unexpected. */
@Singleton
@SuppressWarnings("rawtypes") // Micronaut's interface has a raw type.
final class UnexpectedErrors implements ExceptionHandler<Throwable, HttpResponse<?>> {

    private final ProblemResponses responses;

    UnexpectedErrors(ProblemResponses responses) {
        this.responses = responses;
    }

    @Override
    public HttpResponse<?> handle(HttpRequest request, Throwable error) {
        return responses.processResponse(ErrorContext.builder(request).cause(error).build(),
                HttpResponse.serverError());
    }
}
