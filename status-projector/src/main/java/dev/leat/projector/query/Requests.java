package dev.leat.projector.query;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

import dev.leat.domain.CommandPosition;

/** What the routes of a projector have in common. */
final class Requests {

    private Requests() {}

    static Serving serving(ServingSource source) {
        return source.serving().orElseThrow(() -> QueryProblems.unavailable("The projector is about to start."));
    }

    static CommandPosition position(String position) {
        try {
            return CommandPosition.parse(position);
        } catch (IllegalArgumentException e) {
            throw QueryProblems.badParameter("position", e.getMessage() + ".");
        }
    }

    static MutableHttpResponse<?> ok(Object body) {
        return io.micronaut.http.HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** The answer of another instance, as it came. */
    static MutableHttpResponse<?> handOn(HttpResponse<byte[]> answer) {
        HttpHeaders headers = answer.headers();
        MutableHttpResponse<byte[]> response = io.micronaut.http.HttpResponse.status(answer.statusCode(), "");
        headers.firstValue("Retry-After").ifPresent(after -> response.header("Retry-After", after));
        return response.body(answer.body())
                .contentType(headers.firstValue("Content-Type").orElse(MediaType.APPLICATION_JSON));
    }

    /** Whether the question has made its one hop. */
    static boolean isForwarded(HttpRequest<?> request) {
        return request.getHeaders().contains(PeerClient.FORWARDED);
    }

    static String pathAndQuery(HttpRequest<?> request) {
        String query = request.getUri().getRawQuery();
        return request.getUri().getRawPath() + (query == null ? "" : "?" + query);
    }
}
