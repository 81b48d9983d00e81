package dev.leat.submit.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.reactivestreams.Publisher;

import dev.leat.submit.catalog.JobTypeCatalog;
import dev.leat.submit.status.ProjectorClient;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;

/**
 * Whether requests should be sent to this instance: Kafka answers, and the job types that were announced before the start
 * have been read, so that no known type is called unknown.
 *
 * <p>Projectors are shown and not required: while none answers, jobs are still accepted and run, and an API that called
 * itself unready would turn a loss of answers into a loss of submissions. Answers from memory: asking costs nothing.
 */
@Singleton
@Readiness
final class ApiReadiness implements HealthIndicator {

    private static final String NAME = "submit-api";

    private final BrokerProbe broker;
    private final JobTypeCatalog catalog;
    private final ProjectorClient projectors;

    ApiReadiness(BrokerProbe broker, JobTypeCatalog catalog, ProjectorClient projectors) {
        this.broker = broker;
        this.catalog = catalog;
        this.projectors = projectors;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Optional<String> trouble = broker.trouble();
        boolean ready = trouble.isEmpty() && catalog.isLoaded();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("kafka", trouble.orElse("answers"));
        details.put("jobTypes", catalog.isLoaded() ? "read" : "not read yet");
        details.put("projectors", projectors.answering());
        return Publishers.just(HealthResult.builder(NAME, ready ? HealthStatus.UP : HealthStatus.DOWN)
                .details(details)
                .build());
    }
}
