package dev.leat.worker.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.plugin.BatchRequest;
import dev.leat.plugin.EndedJob;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.LogLevel;
import dev.leat.plugin.PluginState;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A plugin that knows nothing of the worker, from JSON to JSON. */
class HostedDemoTest {

    private final PluginCatalog catalog = PluginCatalog.load(HostedDemoTest.class.getClassLoader(),
            new ParamsValidator());

    @Test
    void shouldHostThePluginOfTheClassPath() {
        assertThat(catalog.descriptors()).singleElement().satisfies(demo -> {
            assertThat(demo.plugin()).isEqualTo("demo");
            assertThat(demo.jobTypes()).extracting(type -> type.type().toString()).containsExactly("demo:countdown",
                    "demo:prime",
                    "demo:fibonacci", "demo:url-fetch", "demo:echo", "demo:sleep", "demo:fail", "demo:hang",
                    "demo:noop");
        });
    }

    @Test
    void shouldFindPrimes() throws Exception {
        JobOutcome<Json> outcome = prime("{\"limit\": 100000, \"pauseMillis\": 0}").run(new QuietContext());

        assertThat(outcome).isInstanceOfSatisfying(JobOutcome.Succeeded.class,
                succeeded -> assertThat(succeeded.result().toString())
                        .startsWith("{\"count\":9592,\"primes\":[2,3,5,7,11,")
                        .endsWith(",99989,99991],\"duration\":0}"));
    }

    @Test
    void shouldNameWhatIsWrong() {
        var refused = catchThrowableOfType(InvalidParamsException.class,
                () -> prime("{\"limit\": 100001, \"speed\": 5}"));

        assertThat(refused.errors()).containsExactlyInAnyOrder(
                new FieldError("/limit", "Expected at most 100000, but got 100001"),
                new FieldError("/speed", "Expected one of the fields limit, pauseMillis, but got 'speed'"));
    }

    @Test
    void shouldRefuseWhatIsNoUrlOfTheWeb() {
        JobTypeName type = JobTypeName.parse("demo:url-fetch");

        var refused = catchThrowableOfType(InvalidParamsException.class, () -> catalog.find(type).orElseThrow()
                .bind(new Json("{\"urls\": [\"https://site.example/\", \"file:///etc/passwd\"]}")));

        assertThat(refused.errors()).singleElement()
                .satisfies(error -> assertThat(error.toString()).contains("/urls/1", "file:///etc/passwd"));
    }

    @Test
    void shouldTellWhatCameOfAUrl() throws Exception {
        JobOutcome<Json> outcome = catalog.find(JobTypeName.parse("demo:url-fetch")).orElseThrow()
                .bind(new Json("{\"urls\": [\"http://127.0.0.1/\"]}")).run(new QuietContext());

        assertThat(outcome).isInstanceOfSatisfying(JobOutcome.Succeeded.class,
                succeeded -> assertThat(succeeded.result().toString()).startsWith(
                        "{\"urls\":[{\"url\":\"http://127.0.0.1/\",\"size\":0,\"truncated\":false,\"duration\":0,\"error\":\"Expected a host with public addresses alone"));
    }

    private BoundJob prime(String params) throws InvalidParamsException {
        return catalog.find(JobTypeName.parse("demo:prime")).orElseThrow().bind(new Json(params));
    }

    private record QuietContext() implements JobContext {
        @Override
        public UUID jobId() {
            return new UUID(0, 1);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void progress(int percent, String message) {}

        @Override
        public void checkpoint(byte[] bytes) {}

        @Override
        public void checkpoint(Record state) {}

        @Override
        public Optional<byte[]> lastCheckpoint() {
            return Optional.empty();
        }

        @Override
        public <C extends Record> Optional<C> lastCheckpoint(Class<C> type) {
            return Optional.empty();
        }

        @Override
        public void log(LogLevel level, String message, Map<String, String> fields) {}

        @Override
        public UUID enqueueBatch(BatchRequest request) {
            throw new UnsupportedOperationException("enqueueBatch");
        }

        @Override
        public UUID enqueue(JobRequest request) {
            throw new UnsupportedOperationException("enqueue");
        }

        @Override
        public List<EndedJob> ended() {
            return List.of();
        }

        @Override
        public PluginState state() {
            throw new UnsupportedOperationException("state");
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.fixed(Instant.EPOCH);
        }
    }
}
