package dev.leat.worker;

import java.time.Duration;
import java.time.InstantSource;

import dev.leat.runtime.json.ParamsValidator;
import dev.leat.runtime.kafka.ConfiguredCodecs;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Topics;
import dev.leat.worker.plugin.PluginCatalog;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Makes the worker of a process that has this role. {@link WorkerStart} starts it, the context's end stops it. */
@Factory
final class WorkerBeans {

    @Singleton
    @Bean(preDestroy = "stop")
    Worker worker(Settings settings) {
        Topics topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
        return new Worker(settings, ConfiguredCodecs.of(settings, topics, Duration.ZERO),
                PluginCatalog.load(Worker.class.getClassLoader(), new ParamsValidator()), InstantSource.system());
    }
}
