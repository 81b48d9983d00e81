package dev.leat.runtime.http;

import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.core.JacksonException;

import io.micronaut.core.bind.exceptions.UnsatisfiedArgumentException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.exceptions.NotAcceptableException;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.http.server.exceptions.UnsupportedMediaException;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.web.router.exceptions.UnsatisfiedBodyRouteException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.inject.Singleton;

import dev.leat.runtime.settings.DataSize;

/** Says which problem an error is. What it shows comes from the request alone, never from inside the process. */
@Singleton
final class ProblemOf {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemOf.class);

    private static final Pattern CALLER_LEFT = Pattern.compile("connection (reset|closed|abort)|broken pipe",
            Pattern.CASE_INSENSITIVE);

    private final HttpServerConfiguration server;

    ProblemOf(HttpServerConfiguration server) {
        this.server = server;
    }

    /** The problem of an exception; one that is no fault of the caller is logged under the instance that it shows. */
    Problem error(HttpRequest<?> request, Throwable error, HttpStatus status) {
        return switch (error) {
            case ProblemException expected -> expected.problem();
            case UnsatisfiedBodyRouteException _ -> MalformedBody.missing();
            case UnsatisfiedRouteException missing -> MalformedArgument.missing(missing.getArgument());
            case UnsatisfiedArgumentException missing -> MalformedArgument.missing(missing.getArgument());
            case ConversionErrorException conversion -> MalformedArgument.of(conversion);
            case JsonSyntaxException syntax -> MalformedBody.of(syntax);
            case NotAllowedException refused -> status(request, HttpStatus.METHOD_NOT_ALLOWED)
                    .withDetail(expected(refused.getAllowedMethods(), request.getMethodName()));
            case NotAcceptableException refused -> status(request, HttpStatus.NOT_ACCEPTABLE)
                    .withDetail(expected(refused.getProduceableContentTypes(),
                            "only " + choice(refused.getAcceptedTypes())));
            case UnsupportedMediaException refused -> status(request, HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                    .withDetail(expected(refused.getAcceptableContentTypes(), refused.getContentType()));
            case ContentLengthExceededException _ -> status(request, HttpStatus.REQUEST_ENTITY_TOO_LARGE)
                    .withDetail("Expected a body of at most " + new DataSize(server.getMaxRequestSize()) + ".");
            case BufferLengthExceededException _ -> status(request, HttpStatus.REQUEST_ENTITY_TOO_LARGE)
                    .withDetail("Expected a body of at most " + new DataSize(server.getMaxRequestBufferSize()) + ".");
            case JacksonException internal -> unexpected(request, internal); // A body's would be in a conversion error.
            default -> status.getCode() < 500 ? status(request, status) : unexpected(request, error);
        };
    }

    /** The problem of a status that needs no more words. */
    Problem status(HttpRequest<?> request, HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> named("Not found", status)
                    .withDetail("Expected a path of this service, but there is nothing at " + request.getPath() + ".");
            case REQUEST_ENTITY_TOO_LARGE -> named("Content too large", status);
            default -> named(status.getReason(), status);
        };
    }

    private static Problem named(String title, HttpStatus status) {
        return Problem.of(title.toLowerCase(Locale.ROOT).replace(' ', '-'), title, status.getCode());
    }

    private static Problem unexpected(HttpRequest<?> request, Throwable error) {
        if (error instanceof IOException && CALLER_LEFT.matcher(String.valueOf(error.getMessage())).find()) {
            LOG.debug("{} {}: {}", request.getMethodName(), request.getPath(), error.getMessage());
            return named("Request aborted", HttpStatus.BAD_REQUEST); // Nobody is there to read it.
        }
        URI instance = URI.create("urn:uuid:" + UUID.randomUUID());
        LOG.error("Failed to serve {} {} ({})", request.getMethodName(), request.getPath(), instance, error);
        return Problem.of("internal-error", "Internal error", HttpStatus.INTERNAL_SERVER_ERROR.getCode())
                .withDetail("Something went wrong inside Leat; its log says more under " + instance + ".")
                .withInstance(instance);
    }

    private static String expected(Collection<?> possible, String got) {
        return "Expected " + choice(possible) + ", but got " + got + ".";
    }

    private static String choice(Collection<?> possible) {
        return possible.stream().map(String::valueOf).sorted().collect(Collectors.joining(" or "));
    }
}
