package dev.leat.submit.socket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiOptions;
import jakarta.inject.Singleton;

/** The origins beside the API's own whose pages may open the WebSocket. Thread-safe. */
@Singleton
final class AllowedOrigins {

    private final List<String> allowed;

    AllowedOrigins(Settings settings) {
        this.allowed = settings.get(ApiOptions.SOCKET_ORIGINS).stream().map(AllowedOrigins::normal).toList();
    }

    /** Whether pages of this origin may, whatever the API is called. */
    boolean contains(String origin) {
        return parse(origin).map(AllowedOrigins::normal).filter(allowed::contains).isPresent();
    }

    /** @param host what the client calls the API */
    boolean isOwn(String origin, String host) {
        return parse(origin).map(URI::getRawAuthority).filter(host::equalsIgnoreCase).isPresent();
    }

    private static Optional<URI> parse(String origin) {
        try {
            return Optional.of(new URI(origin)).filter(page -> page.getScheme() != null && page.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String normal(URI origin) {
        String scheme = origin.getScheme().toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        int port = origin.getPort() < 0 ? standard : origin.getPort();
        return scheme + "://" + origin.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
