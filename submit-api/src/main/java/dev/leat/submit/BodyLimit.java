package dev.leat.submit;

import dev.leat.runtime.settings.Settings;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.HttpServerConfiguration;
import jakarta.inject.Singleton;

/** Makes the HTTP server refuse bodies over {@code leat.api.max.body} before they are read into memory. */
@Singleton
final class BodyLimit implements BeanCreatedEventListener<HttpServerConfiguration> {

    private final Settings settings;

    BodyLimit(Settings settings) {
        this.settings = settings;
    }

    @Override
    public HttpServerConfiguration onCreated(BeanCreatedEvent<HttpServerConfiguration> event) {
        event.getBean().setMaxRequestSize(settings.get(ApiOptions.MAX_BODY).bytes());
        return event.getBean();
    }
}
