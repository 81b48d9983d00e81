package dev.leat.projector;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Readiness: the jobs of all partitions that are assigned here can be asked for. */
@Singleton
@Readiness
record ProjectorReadiness(Projector projector) implements HealthIndicator {

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(
                HealthResult.builder("projector", projector.isReady() ? HealthStatus.UP : HealthStatus.DOWN).build());
    }
}
