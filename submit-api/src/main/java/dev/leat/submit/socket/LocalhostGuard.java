package dev.leat.submit.socket;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.HttpServerConfiguration.CorsConfiguration;
import io.micronaut.http.server.cors.CorsFilter;
import io.micronaut.http.server.util.HttpHostResolver;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.resource.StaticResourceResolver;

/**
 * Micronaut refuses requests of pages from elsewhere to an API that is called localhost, whatever they ask for. Those that
 * may open the WebSocket may do so there too.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Replaces(CorsFilter.class)
final class LocalhostGuard extends CorsFilter {

    private final AllowedOrigins origins;

    LocalhostGuard(CorsConfiguration configuration, StaticResourceResolver resources, Router router,
            HttpHostResolver hosts, AllowedOrigins origins) {
        super(configuration, resources, router, hosts);
        this.origins = origins;
    }

    @Override
    protected boolean shouldDenyToPreventDriveByLocalhostAttack(String origin, HttpRequest<?> request) {
        return super.shouldDenyToPreventDriveByLocalhostAttack(origin, request)
                && !(request.getPath().equals(QueueSocket.PATH) && origins.contains(origin));
    }
}
