package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.PluginContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginTesterTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    record Sample(double value) {}

    record Mean(double value) {}

    /** Learns by one job type what it tells by another. */
    private static final class Learning implements Plugin {

        private final List<String> startedWith = new ArrayList<>();

        @Override
        public String id() {
            return "learning";
        }

        @Override
        public void start(PluginContext context) {
            startedWith.add("%s at %s, %s".formatted(context.pluginId(), context.clock().instant(),
                    context.state().get("mean", Mean.class)));
        }

        @Override
        public List<JobType<?, ?>> jobTypes() {
            JobType<Sample, NoResult> train = JobType.named("train", Sample.class).handledBy((sample, context) -> {
                context.state().put("mean", new Mean(sample.value()));
                return JobOutcome.succeeded();
            });
            JobType<NoInput, Mean> predict = JobType.named("predict", NoInput.class, Mean.class)
                    .handledBy((_, context) -> context.state().get("mean", Mean.class).map(JobOutcome::succeeded)
                            .orElseGet(() -> JobOutcome.notRetryable("Nobody has trained a model")));
            return List.of(train, predict);
        }
    }

    @Test
    void shouldShareStateAmongTheJobTypesOfAPlugin() {
        try (PluginTester learning = JobHandlerTester.of(new Learning())) {
            assertThat(learning.type("predict").run(new NoInput()).end()).isEqualTo(AttemptEnd.FAILED);

            assertThat(learning.type("train").run(new Sample(2.5)).end()).isEqualTo(AttemptEnd.SUCCEEDED);

            assertThat(learning.type("predict").run(new NoInput()).result(Mean.class)).isEqualTo(new Mean(2.5));
            assertThat(learning.state().get("mean", Mean.class)).contains(new Mean(2.5));
        }
    }

    @Test
    void shouldStartThePluginWithItsSurroundings() throws Exception {
        InMemoryPluginState state = new InMemoryPluginState();
        state.put("mean", new Mean(1));
        Learning plugin = new Learning();

        try (PluginTester learning = JobHandlerTester.of(plugin, state, SettableClock.at(NOON))) {
            assertThat(plugin.startedWith).containsExactly(
                    "learning at 2026-06-01T12:00:00Z, Optional[Mean[value=1.0]]");
            assertThat(learning.state()).isSameAs(state);
        }
    }

    @Test
    void shouldTellWhatStopThrew() {
        IllegalStateException leak = new IllegalStateException("a connection is in use");
        PluginTester tester = JobHandlerTester.of(new Plugin() {
            @Override
            public String id() {
                return "broken";
            }

            @Override
            public void stop() {
                throw leak;
            }

            @Override
            public List<JobType<?, ?>> jobTypes() {
                return List.of(JobType.named("job", NoInput.class).handledBy((_, _) -> JobOutcome.succeeded()));
            }
        });

        assertThatThrownBy(tester::close).isInstanceOf(AssertionError.class).hasCause(leak).hasMessage(
                "Expected plugin 'broken' to stop, but it threw java.lang.IllegalStateException: a connection is in use");
        assertThatCode(tester::close).as("it is stopped once").doesNotThrowAnyException();
    }

    @Test
    void shouldTellWhatStartThrew() {
        Plugin plugin = new Plugin() {
            @Override
            public String id() {
                return "broken";
            }

            @Override
            public void start(PluginContext context) {
                throw new IllegalStateException("no connection");
            }

            @Override
            public List<JobType<?, ?>> jobTypes() {
                return List.of(JobType.named("job", NoInput.class).handledBy((_, _) -> JobOutcome.succeeded()));
            }
        };

        assertThatIllegalArgumentException().isThrownBy(() -> JobHandlerTester.of(plugin)).withMessage(
                "Expected plugin 'broken' to start, but it threw java.lang.IllegalStateException: no connection");
    }
}
