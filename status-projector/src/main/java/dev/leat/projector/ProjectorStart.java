package dev.leat.projector;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

import org.apache.kafka.streams.state.HostInfo;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;

import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;

/** Starts the projector when the HTTP server has its port, which others are told; its bean stops it. */
@Singleton
record ProjectorStart(Projector projector, Settings settings) implements ApplicationEventListener<ServerStartupEvent> {

    @Override
    public void onApplicationEvent(ServerStartupEvent started) {
        projector.start(settings.get(ProjectorOptions.URL)
                .map(ProjectorStart::host)
                .orElseGet(() -> new HostInfo(reachableHost(), started.getSource().getPort())));
    }

    private static HostInfo host(URI url) {
        return new HostInfo(url.getHost(), url.getPort());
    }

    private String reachableHost() {
        String bound = settings.get(ServiceOptions.HTTP_HOST);
        if (!bound.equals("0.0.0.0") && !bound.equals("::")) {
            return bound;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            throw new IllegalStateException("Expected this machine to have a name to tell other projectors, but it has"
                    + " none: set " + ProjectorOptions.URL.key(), nameless);
        }
    }
}
