package dev.leat.submit.http;

import java.util.Map;
import java.util.Optional;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.types.files.StreamedFile;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;

/**
 * The API's own documentation: the OpenAPI document and a page that shows it, and the AsyncAPI document of the WebSocket,
 * all of it from the class path. The page
 * gets a content security policy under which a browser loads nothing from elsewhere.
 */
@Controller
@Hidden
@OpenAPIDefinition(info = @Info(title = "Leat", version = "v1", description = DocsController.INTRODUCTION, license = @License(name = "Apache-2.0", identifier = "Apache-2.0")))
final class DocsController {

    static final String INTRODUCTION = """
            Background jobs on Kafka. Submit a job, follow it by its id, fetch its result.

            **Errors** are problem details (RFC 9457, `application/problem+json`). Programs may branch on `type`; \
            `detail` says in words what was expected and what came. The examples of a response are the problems that \
            it can be.

            **Reading your own writes.** A submission and a cancellation are answered with a `Leat-Position`. Whoever \
            sends it with a GET is answered from a state that has seen the write.

            **Retry-After** is in seconds. On a job it says when it makes sense to look again, on a 503 when to try \
            again.

            **Live.** The WebSocket `/ws/queue` tells of everything that happens to jobs and takes commands; \
            [asyncapi.yaml](/api/v1/asyncapi.yaml) has its messages.""";

    private static final String DOCUMENT = "META-INF/swagger/leat-api.yml";
    private static final String PAGE = "dev/leat/submit/docs/";
    /** Of the WebJar, as in the pom. */
    private static final String SWAGGER_UI_VERSION = "5.30.2";
    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/"
            + SWAGGER_UI_VERSION + "/";
    /** Swagger UI sets styles from scripts and has its icons as data. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final MediaType YAML = MediaType.of("application/yaml");
    private static final MediaType SCRIPT = MediaType.of("text/javascript");
    private static final MediaType STYLE = MediaType.of("text/css");

    /** The files of the page, and where each lies. */
    private static final Map<String, Asset> ASSETS = Map.of(
            "leat-docs.js", new Asset(PAGE + "leat-docs.js", SCRIPT),
            "swagger-ui.css", new Asset(SWAGGER_UI + "swagger-ui.css", STYLE),
            "swagger-ui-bundle.js", new Asset(SWAGGER_UI + "swagger-ui-bundle.js", SCRIPT),
            "favicon-32x32.png", new Asset(SWAGGER_UI + "favicon-32x32.png", MediaType.IMAGE_PNG_TYPE));

    private final ResourceResolver resources;

    private record Asset(String path, MediaType type) {}

    DocsController(ResourceResolver resources) {
        this.resources = resources;
    }

    @Get(ApiPaths.OPENAPI)
    HttpResponse<?> document() {
        return serve(new Asset(DOCUMENT, YAML));
    }

    @Get(ApiPaths.ASYNCAPI)
    HttpResponse<?> messages() {
        return serve(new Asset(PAGE + "asyncapi.yaml", YAML));
    }

    @Get(ApiPaths.DOCS)
    HttpResponse<?> page() {
        return serve(new Asset(PAGE + "index.html", MediaType.TEXT_HTML_TYPE));
    }

    @Get(ApiPaths.DOCS + "/{file}")
    Optional<HttpResponse<?>> asset(String file) {
        return Optional.ofNullable(ASSETS.get(file)).map(this::serve);
    }

    private HttpResponse<?> serve(Asset asset) {
        return resources.getResource("classpath:" + asset.path())
                .<HttpResponse<?>>map(url -> HttpResponse.ok(new StreamedFile(url))
                        .contentType(asset.type())
                        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY))
                .orElseThrow(() -> new IllegalStateException("Expected " + asset.path() + " on the class path"));
    }
}
