package dev.leat.worker;

import java.util.Map;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Liveness: the worker can run jobs. Once all slots are held by handlers that do not stop, only a new start helps. */
@Singleton
@Liveness
record WorkerLiveness(Worker worker) implements HealthIndicator {

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(
                HealthResult.builder("worker-slots", worker.isLive() ? HealthStatus.UP : HealthStatus.DOWN)
                        .details(Map.of("lostSlots", worker.lostSlots()))
                        .build());
    }
}
