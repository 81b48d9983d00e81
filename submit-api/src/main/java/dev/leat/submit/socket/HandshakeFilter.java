package dev.leat.submit.socket;

import java.util.List;
import java.util.Optional;

import dev.leat.submit.ApiProblems;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Lets only those open the WebSocket who may. Browsers let any page in the world open WebSockets to any server its user
 * reaches, and send the page's origin along: pages of other origins are refused. Programs that are no browsers send none.
 */
@ServerFilter(QueueSocket.PATH)
final class HandshakeFilter {

    private final AllowedOrigins allowed;

    HandshakeFilter(AllowedOrigins allowed) {
        this.allowed = allowed;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        List<String> origins = request.getHeaders().getAll(HttpHeaders.ORIGIN);
        String host = Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST)).orElse("");
        for (String origin : origins) {
            if (!allowed.isOwn(origin, host) && !allowed.contains(origin)) {
                throw ApiProblems.originNotAllowed(origin);
            }
        }
        if (!"websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE))) {
            throw ApiProblems.upgradeRequired();
        }
    }
}
