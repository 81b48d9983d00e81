package dev.leat.submit;

import dev.leat.runtime.settings.DataSize;
import dev.leat.runtime.settings.Settings;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;

/**
 * Makes the HTTP server refuse bodies over {@code leat.api.max.body} before they are read into memory; those of batches,
 * which are read as they come, over {@code leat.api.max.batch.bytes}.
 */
@Singleton
final class BodyLimit implements BeanCreatedEventListener<HttpServerConfiguration> {

    /** So that whoever reads a batch that has no length says what is wrong with it, and not the server. */
    private static final long MARGIN = 1 << 20;
    /** A body that is read as it comes lies in the server's buffer in pieces, for which there must be room. */
    private static final long LEAST_BUFFER = 1 << 20;

    private final Settings settings;

    BodyLimit(Settings settings) {
        this.settings = settings;
    }

    @Override
    public HttpServerConfiguration onCreated(BeanCreatedEvent<HttpServerConfiguration> event) {
        event.getBean()
                .setMaxRequestBufferSize(Math.max(settings.get(ApiOptions.MAX_BODY).bytes(), LEAST_BUFFER));
        event.getBean().setMaxRequestSize(settings.get(ApiOptions.MAX_BATCH_BYTES).bytes() + MARGIN);
        return event.getBean();
    }

    /** Refuses by their lengths what is too large for any route but that of batches. */
    @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
    static final class ByLength {

        private final Settings settings;

        ByLength(Settings settings) {
            this.settings = settings;
        }

        @RequestFilter
        void check(HttpRequest<?> request) {
            DataSize limit = settings.get(ApiOptions.MAX_BODY);
            if (request.getContentLength() > limit.bytes() && !request.getPath().equals("/api/v1/batches")) {
                throw ApiProblems.bodyTooLarge("Expected a body of at most " + limit + ".");
            }
        }
    }
}
