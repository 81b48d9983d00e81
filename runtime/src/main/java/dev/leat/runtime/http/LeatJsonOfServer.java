package dev.leat.runtime.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.runtime.json.LeatJson;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** Gives the HTTP server's mapper, which is also the one to inject, the JSON of Leat. */
@Singleton
final class LeatJsonOfServer implements BeanCreatedEventListener<ObjectMapper> {

    @Override
    public ObjectMapper onCreated(BeanCreatedEvent<ObjectMapper> event) {
        return LeatJson.configure(event.getBean());
    }
}
