package dev.leat.worker;

import java.util.Map;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Readiness: the worker is a member of its group, so jobs that are submitted now get to it. */
@Singleton
@Readiness
record WorkerHealth(Worker worker) implements HealthIndicator {

    @Override
    public Publisher<HealthResult> getResult() {
        return Publishers.just(HealthResult.builder("worker", worker.isReady() ? HealthStatus.UP : HealthStatus.DOWN)
                .details(Map.of("worker", worker.id().value()))
                .build());
    }
}
