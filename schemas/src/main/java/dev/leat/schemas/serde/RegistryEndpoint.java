package dev.leat.schemas.serde;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** One address of the registry and what to send as its Authorization header. Shows no credentials as text. */
record RegistryEndpoint(URI base, Optional<String> authorization) {

    /** Splits credentials off the address; those given apart come first. */
    static RegistryEndpoint of(URI url, Optional<String> userInfo) {
        String base = url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + (url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", ""));
        return new RegistryEndpoint(URI.create(base),
                userInfo.or(() -> Optional.ofNullable(url.getUserInfo())).map(RegistryEndpoint::basic));
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    /** The address of a resource below the registry's root. */
    URI resolve(String path) {
        return URI.create(base + path);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
