package dev.leat.embedded;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.embedded.RegistryRoutes.Raw;
import dev.leat.embedded.RegistryRoutes.Route;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * HTTP around the routes: bodies up to 512 KiB, answers and errors as JSON in the protocol's form. Bodies have to be
 * declared as JSON, which also keeps the forms of foreign web pages out of a registry on loopback. Any thread may call.
 */
final class RegistryHttp implements HttpHandler {

    /** With what the journal adds it stays under Kafka's default limit of 1 MiB a record. */
    static final int BODY_LIMIT = 512 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final RegistryService registry;
    private final List<Route> routes;

    RegistryHttp(RegistryService registry) {
        this.registry = registry;
        this.routes = new RegistryRoutes(registry).routes();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                registry.requireServing();
                send(exchange, 200, answer(exchange));
            } catch (RegistryException e) {
                refuse(exchange, e.status(), e.code(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("Schema registry: {} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                refuse(exchange, 500, 50001, "The schema registry failed; its log says why.");
            }
        }
    }

    private Object answer(HttpExchange exchange) throws IOException {
        List<String> segments = RegistryRequest.segments(exchange.getRequestURI())
                .orElseThrow(() -> RegistryException
                        .badRequest("Expected a path with valid escapes, but it has a broken one."));
        boolean pathIsKnown = false;
        for (Route route : routes) {
            Optional<List<String>> arguments = route.match(segments);
            if (arguments.isPresent() && route.method().equals(exchange.getRequestMethod())) {
                String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
                return route.answer().apply(new RegistryRequest(arguments.get(), query, body(exchange)));
            }
            pathIsKnown |= arguments.isPresent();
        }
        throw pathIsKnown
                ? new RegistryException(405, 405,
                        "This registry does not know " + exchange.getRequestMethod() + " here.")
                : new RegistryException(404, 404, "This registry has nothing here.");
    }

    private static String body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
        if (body.length > BODY_LIMIT) {
            throw new RegistryException(413, 413,
                    "Expected a body of %d bytes at most, but it is longer.".formatted(BODY_LIMIT));
        }
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("none");
        if (body.length > 0 && !type.split(";", 2)[0].strip().endsWith("json")) {
            throw new RegistryException(415, 415,
                    "Expected a body of type %s, but it is %s.".formatted(MEDIA_TYPE, type));
        }
        return new String(body, UTF_8);
    }

    private static void refuse(HttpExchange exchange, int status, int code, String message) throws IOException {
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        send(exchange, status, Map.of("error_code", code, "message", message));
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] json = answer instanceof Raw raw ? raw.json().getBytes(UTF_8) : MAPPER.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }
}
