package dev.leat.submit.dashboard;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;

/**
 * Serves the dashboard. The page is asked for each time and answered with 304 while it is the same; what it loads has the
 * hash of the content in its URL and is kept by browsers for good. A browser runs and loads nothing from elsewhere,
 * nothing that stands in the page, and shows the page in nobody's frame.
 */
@Controller
@Hidden
final class DashboardController {

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types lit-html";

    private static final Map<String, MediaType> TYPES = Map.of("js", MediaType.of("text/javascript;charset=utf-8"),
            "css",
            MediaType.of("text/css;charset=utf-8"), "svg", MediaType.of("image/svg+xml"));

    private final DashboardFiles files;

    DashboardController(DashboardFiles files) {
        this.files = files;
    }

    @Get("/")
    HttpResponse<byte[]> page(HttpRequest<?> request) {
        String tag = "W/\"" + files.version() + "\"";
        MutableHttpResponse<byte[]> response = isKnown(request, tag)
                ? HttpResponse.notModified()
                : HttpResponse.ok(files.html()).contentType(MediaType.of("text/html;charset=utf-8"));
        return secured(response).header(HttpHeaders.ETAG, tag).header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    @Get("/dashboard/{hash}/{+path}")
    Optional<HttpResponse<byte[]>> file(String hash, String path) {
        return files.find(hash, path)
                .map(content -> secured(HttpResponse.ok(content).contentType(typeOf(path)))
                        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable"));
    }

    private static boolean isKnown(HttpRequest<?> request, String tag) {
        return request.getHeaders()
                .getAll(HttpHeaders.IF_NONE_MATCH)
                .stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .anyMatch(value -> value.equals("*") || value.equals(tag));
    }

    private static MediaType typeOf(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM_TYPE);
    }

    private static MutableHttpResponse<byte[]> secured(MutableHttpResponse<byte[]> response) {
        return response.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
}
