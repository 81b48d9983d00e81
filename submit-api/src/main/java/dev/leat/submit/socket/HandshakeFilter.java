package dev.leat.submit.socket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiOptions;
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

    private final List<URI> allowed;

    HandshakeFilter(Settings settings) {
        this.allowed = settings.get(ApiOptions.SOCKET_ORIGINS);
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        List<String> origins = request.getHeaders().getAll(HttpHeaders.ORIGIN);
        String host = Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST)).orElse("");
        for (String origin : origins) {
            if (!isAllowed(origin, host)) {
                throw ApiProblems.originNotAllowed(origin);
            }
        }
        if (!"websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.UPGRADE))) {
            throw ApiProblems.upgradeRequired();
        }
    }

    private boolean isAllowed(String origin, String host) {
        try {
            URI page = new URI(origin);
            String authority = Optional.ofNullable(page.getRawAuthority()).orElse("");
            return !authority.isEmpty() && (authority.equalsIgnoreCase(host)
                    || allowed.stream().anyMatch(one -> same(one, page)));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean same(URI one, URI other) {
        return normal(one).equals(normal(other));
    }

    private static String normal(URI origin) {
        String scheme = origin.getScheme().toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        int port = origin.getPort() < 0 ? standard : origin.getPort();
        return scheme + "://" + String.valueOf(origin.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
