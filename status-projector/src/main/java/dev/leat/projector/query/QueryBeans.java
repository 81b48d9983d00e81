package dev.leat.projector.query;

import java.time.InstantSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

import dev.leat.runtime.json.LeatJson;

/** Makes what the controller works with. */
@Factory
final class QueryBeans {

    private final ObjectMapper json = LeatJson.newMapper();

    @Singleton
    @Bean(preDestroy = "close")
    PeerClient peerClient() {
        return new PeerClient();
    }

    @Singleton
    JobQuery jobQuery(PeerClient peers, QueryWaits waits) {
        return new JobQuery(peers, waits, InstantSource.system());
    }

    @Singleton
    FanOut fanOut(PeerClient peers, QueryWaits waits) {
        return new FanOut(peers, json, waits.peer());
    }
}
