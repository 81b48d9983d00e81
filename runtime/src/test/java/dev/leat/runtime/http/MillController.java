package dev.leat.runtime.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.runtime.json.LeatJson;

/** Every way in which a route can fail, and one that works. */
@Controller("/mill")
@Requires(property = "test.mill")
@ExecuteOn(TaskExecutors.BLOCKING)
class MillController {

    record Order(JobTypeName type, int sacks, Optional<Lane> lane, Optional<Json> params, Optional<List<String>> tags,
            Optional<Address> address) {}

    record Address(String street) {

        Address {
            if (street.isBlank()) {
                throw new IllegalArgumentException("Expected a street that is not blank, but got \"" + street + '"');
            }
        }
    }

    @Post("/orders")
    Order order(@Body Order order) {
        return order;
    }

    @Get("/orders")
    Map<String, Object> list(@QueryValue int limit, @QueryValue Optional<Boolean> open) {
        return Map.of("limit", limit, "open", open);
    }

    @Delete("/orders/{id}")
    HttpResponse<?> delete(JobId id) {
        throw new ProblemException(
                Problem.of("job-over", "Job is over", 409).withDetail("Expected …, but …").with("jobId", id));
    }

    @Get("/broken")
    String broken() {
        throw new IllegalStateException("the secret wheel of dev.leat is broken");
    }

    @Get("/broken-inside")
    String brokenInside() throws JsonProcessingException {
        return LeatJson.newMapper().readTree("{\"secret\":").toString();
    }

    @Get("/broken-answer")
    Map<String, Object> brokenAnswer() {
        return Map.of("wheel", new Object());
    }

    @Get("/busy")
    String busy() {
        throw new ProblemException(Problem.of("busy", "Busy", 429), Duration.ofMillis(1500));
    }

    @Get("/elsewhere")
    String elsewhere() {
        throw new ProblemException(Problem.of("duplicate", "Duplicate", 409), Duration.ofSeconds(3))
                .withLocation(URI.create("/orders/1"));
    }

    @Get("/gone")
    String gone() {
        throw new ProblemException(Problem.of("broker-unavailable", "Broker unavailable", 503), Duration.ofSeconds(2));
    }

    @Get("/status")
    String status() {
        throw new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the secret wheel");
    }

    @Get("/nothing")
    Optional<String> nothing() {
        return Optional.empty();
    }

    @Get("/text")
    @Produces(MediaType.TEXT_PLAIN)
    String text() {
        return "flour";
    }
}
