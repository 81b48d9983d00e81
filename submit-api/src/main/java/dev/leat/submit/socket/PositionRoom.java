package dev.leat.submit.socket;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import jakarta.inject.Singleton;

/** Makes the HTTP server take URLs and headers that hold a place in the log: it names each partition of each lane. */
@Singleton
final class PositionRoom implements BeanCreatedEventListener<HttpServerConfiguration> {

    private static final int LONGEST = 32_768;

    @Override
    public HttpServerConfiguration onCreated(BeanCreatedEvent<HttpServerConfiguration> event) {
        if (event.getBean() instanceof NettyHttpServerConfiguration netty) {
            netty.setMaxInitialLineLength(LONGEST);
            netty.setMaxHeaderSize(LONGEST);
        }
        return event.getBean();
    }
}
