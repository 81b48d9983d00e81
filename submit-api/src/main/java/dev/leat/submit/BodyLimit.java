package dev.leat.submit;

import dev.leat.runtime.settings.Settings;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
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

    private final Settings settings;

    BodyLimit(Settings settings) {
        this.settings = settings;
    }

    @Override
    public HttpServerConfiguration onCreated(BeanCreatedEvent<HttpServerConfiguration> event) {
        event.getBean().setMaxRequestBufferSize(settings.get(ApiOptions.MAX_BODY).bytes());
        event.getBean().setMaxRequestSize(settings.get(ApiOptions.MAX_BATCH_BYTES).bytes() + MARGIN);
        return event.getBean();
    }
}
