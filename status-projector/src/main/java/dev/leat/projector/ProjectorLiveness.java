package dev.leat.projector;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Liveness: nothing is broken that only a new start can mend. */
@Singleton
@Liveness
record ProjectorLiveness(Projector projector) implements HealthIndicator {

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(
                HealthResult.builder("projector", projector.isLive() ? HealthStatus.UP : HealthStatus.DOWN).build());
    }
}
