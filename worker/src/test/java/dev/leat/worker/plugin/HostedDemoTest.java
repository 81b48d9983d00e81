package dev.leat.worker.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;
import java.time.Instant;
import java.time.InstantSource;
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
            assertThat(demo.jobTypes()).extracting(type -> type.type().toString()).contains("demo:prime", "demo:noop");
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
                () -> prime("{\"limit\": 5000001, \"speed\": 5}"));

        assertThat(refused.errors()).containsExactlyInAnyOrder(
                new FieldError("/limit", "Expected at most 5000000, but got 5000001"),
                new FieldError("/speed", "Expected one of the fields limit, pauseMillis, but got 'speed'"));
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
        public boolean isCancelled() {
            return false;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.fixed(Instant.EPOCH);
        }
    }
}
