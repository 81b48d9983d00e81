package dev.leat.projector;

import java.time.Duration;
import java.time.InstantSource;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

import dev.leat.projector.query.QueryWaits;
import dev.leat.runtime.kafka.ConfiguredCodecs;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;

/** Makes the projector of a process that has this role. */
@Factory
final class ProjectorBeans {

    /** Readers of stores want an answer; who folds facts tries again. */
    private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(1);

    @Singleton
    @Bean(preDestroy = "stop")
    Projector projector(Settings settings) {
        Topics topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
        return new Projector(settings, ConfiguredCodecs.of(settings, topics, REGISTRY_TIMEOUT),
                InstantSource.system());
    }

    @Singleton
    QueryWaits queryWaits(Settings settings) {
        return new QueryWaits(settings.get(ProjectorOptions.POSITION_WAIT),
                settings.get(ProjectorOptions.YOUNG_ID_WAIT), settings.get(ProjectorOptions.PEER_TIMEOUT));
    }
}
