package dev.leat.plugins.demo.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;

/**
 * Where one hop of a fetch goes.
 *
 * @param url the URL, in ASCII
 * @param secure whether TLS is spoken
 * @param host a name or an address literal, without brackets
 * @param port 1 to 65535
 */
record Target(URI url, boolean secure, String host, int port) {

    /**
     * @param text a whole URL
     * @throws FetchException if it is none that can be fetched
     */
    static Target of(String text) throws FetchException {
        try {
            return of(new URI(text));
        } catch (URISyntaxException e) {
            throw new FetchException("Expected a URL, but got " + FetchException.quoted(text));
        }
    }

    /**
     * Where a redirect leads.
     *
     * @param location a URL, whole or relative to this one
     * @throws FetchException if it is none that can be fetched
     */
    Target redirected(String location) throws FetchException {
        try {
            // Without a path, URI would glue a relative location to the name of the host.
            URI base = url.getRawPath().isEmpty() ? url.resolve("/") : url;
            return of(base.resolve(new URI(location)));
        } catch (URISyntaxException e) {
            throw new FetchException("Expected a redirect to a URL, but got " + FetchException.quoted(location));
        }
    }

    private static Target of(URI url) throws FetchException, URISyntaxException {
        String scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw unfit("by http or https", url);
        }
        String host = Objects.requireNonNullElse(url.getHost(), "");
        if (host.isEmpty() || url.getRawUserInfo() != null) {
            throw unfit("with a host and without a user", url);
        }
        int port = url.getPort() != -1 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        if (port < 1 || port > 65535) {
            throw unfit("with a port from 1 to 65535", url);
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Target(new URI(url.toASCIIString()), scheme.equals("https"), bare, port);
    }

    private static FetchException unfit(String what, URI url) {
        return new FetchException(
                "Expected a URL %s, but got %s".formatted(what, FetchException.quoted(url.toString())));
    }

    /** The bytes that ask for it; a URI holds no line breaks, so nothing can be slipped in. */
    String request() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String authority = url.getPort() == -1 ? url.getHost() : url.getHost() + ":" + url.getPort();
        return """
                GET %s%s HTTP/1.1
                Host: %s
                User-Agent: leat-demo
                Accept: */*
                Accept-Encoding: identity
                Connection: close

                """.formatted(path, query, authority).replace("\n", "\r\n");
    }
}
