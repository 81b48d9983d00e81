package dev.leat.worker.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.domain.Backoff;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.plugin.DefaultLane;
import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.PluginContext;
import dev.leat.plugin.PluginState;
import dev.leat.runtime.json.ParamsValidator;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCatalogTest {

    record Greet(@DefaultValue("you") String name) {}

    record Greeting(String text, Optional<String> aside) {}

    private static final JobType<Greet, Greeting> GREET = JobType.named("greet", Greet.class, Greeting.class)
            .describedAs("Greets.").inLane(DefaultLane.HIGH)
            .handledBy(
                    (input, context) -> JobOutcome.succeeded(new Greeting("Hello " + input.name(), Optional.empty())));

    private static final JobType<?, ?> NOOP = noop("noop");

    /** Found by ServiceLoader in {@link #shouldFindPluginsThroughServiceLoader}. */
    public static final class Listed implements Plugin {
        @Override
        public String id() {
            return "listed";
        }

        @Override
        public List<JobType<?, ?>> jobTypes() {
            return List.of(GREET);
        }
    }

    private record Simple(String id, List<JobType<?, ?>> jobTypes, OptionalInt slots) implements Plugin {
        Simple(String id, JobType<?, ?>... types) {
            this(id, List.of(types), OptionalInt.empty());
        }
    }

    @Test
    void shouldFindPluginsThroughServiceLoader(@TempDir Path folder) throws Exception {
        try (var loader = classPathWith(folder, Listed.class.getName())) {
            PluginCatalog catalog = PluginCatalog.load(loader, new ParamsValidator());

            assertThat(catalog.find(JobTypeName.parse("listed:greet"))).isPresent();
            assertThat(catalog.find(JobTypeName.parse("listed:other"))).isEmpty();
        }
    }

    @Test
    void shouldNameThePluginThatCannotBeLoaded(@TempDir Path folder) throws Exception {
        try (var loader = classPathWith(folder, "org.example.Gone")) {
            assertThatThrownBy(() -> PluginCatalog.load(loader, new ParamsValidator()))
                    .isInstanceOf(PluginRefusedException.class)
                    .hasMessageStartingWith("Expected every plugin on the class path to load")
                    .hasMessageContaining("org.example.Gone");
        }
    }

    @Test
    void shouldDescribeWhatItHosts() {
        var descriptors = catalog(new Simple("demo", GREET, NOOP), new Simple("other", NOOP)).descriptors();

        assertThat(descriptors).extracting("plugin").containsExactly("demo", "other");
        var greet = descriptors.getFirst().jobTypes().getFirst();
        assertThat(greet.type()).hasToString("demo:greet");
        assertThat(greet.description()).isEqualTo("Greets.");
        assertThat(greet.defaultLane()).isEqualTo(Lane.HIGH);
        assertThat(greet.inputSchema().value()).contains("\"default\":\"you\"", "\"additionalProperties\":false");
        assertThat(greet.resultSchema().value()).contains("\"text\"");
    }

    @Test
    void shouldAnnounceThePolicyOfEachType() {
        var catalog = catalog(new Simple("demo", NOOP,
                JobType.named("patient", NoInput.class).maxAttempts(9)
                        .backoff(dev.leat.plugin.Backoff.exponential(Duration.ofSeconds(3), Duration.ofMinutes(4))
                                .withFactor(1.5).withJitter(0.1))
                        .timeout(Duration.ofHours(5)).retention(Duration.ofDays(6))
                        .handledBy((input, context) -> JobOutcome.succeeded())));

        assertThat(catalog.descriptors().getFirst().jobTypes()).extracting(type -> type.policy()).containsExactly(
                JobPolicy.DEFAULT,
                new JobPolicy(9, new Backoff(Duration.ofSeconds(3), 1.5, Duration.ofMinutes(4), 0.1),
                        Duration.ofHours(5), Duration.ofDays(6)));
        assertThat(catalog.find(new JobTypeName("demo", "patient")).orElseThrow().policy().maxAttempts()).isEqualTo(9);
    }

    @Test
    void shouldAllowWhateverThePluginApiAllows() {
        var backoff = new dev.leat.plugin.Backoff(Duration.ofDays(30), 100, Duration.ofDays(30), 1);
        var largest = new dev.leat.plugin.JobPolicy(100, backoff, Duration.ofDays(30), Duration.ofDays(3650));
        var smallest = new dev.leat.plugin.JobPolicy(1, dev.leat.plugin.Backoff.constant(Duration.ZERO),
                Duration.ofMillis(1), Duration.ZERO);

        assertThat(HostedJobType.policy(largest).timeout()).isEqualTo(JobPolicy.LONGEST_TIMEOUT);
        assertThat(HostedJobType.policy(largest).retention()).isEqualTo(JobPolicy.LONGEST_RETENTION);
        assertThat(HostedJobType.policy(largest).maxAttempts()).isEqualTo(JobPolicy.MOST_ATTEMPTS);
        assertThat(HostedJobType.policy(smallest).maxAttempts()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway") // Plugins are compiled without our checks.
    void shouldRefusePolicyThatCannotBeKept() {
        var refused = catchThrowableOfType(PluginRefusedException.class,
                () -> catalog(new Simple("demo", JobType.named("null", NoInput.class).backoff(null)
                        .handledBy((input, context) -> JobOutcome.succeeded()))));

        assertThat(refused).hasMessageContaining("demo:null: Expected a policy that can be kept, but got JobPolicy[");
    }

    @Test
    void shouldRunFromJsonToJson() throws Exception {
        var greet = catalog(new Simple("demo", GREET)).find(new JobTypeName("demo", "greet")).orElseThrow();

        assertThat(greet.bind(new Json("{\"name\": \"Ada\"}")).run(nobody()))
                .isEqualTo(JobOutcome.succeeded(new Json("{\"text\":\"Hello Ada\"}")));
        assertThat(greet.bind(new Json("{}")).run(nobody()))
                .isEqualTo(JobOutcome.succeeded(new Json("{\"text\":\"Hello you\"}")));
        assertThatThrownBy(() -> greet.bind(new Json("{\"name\": 5}"))).isInstanceOf(InvalidParamsException.class);
    }

    @Test
    void shouldPassOnWhatHandlersSayAndThrow() throws Exception {
        var catalog = catalog(new Simple("demo", NOOP,
                JobType.named("fail", NoInput.class).handledBy((input, context) -> JobOutcome.failed("no luck")),
                JobType.named("never", NoInput.class)
                        .handledBy((input, context) -> JobOutcome.notRetryable("no luck")),
                JobType.named("snooze", NoInput.class)
                        .handledBy((input, context) -> JobOutcome.snooze(Duration.ofSeconds(5))),
                JobType.named("cancel", NoInput.class).handledBy((input, context) -> JobOutcome.cancelled()),
                JobType.named("throw", NoInput.class).handledBy((input, context) -> {
                    throw new IOException("gone");
                })));

        assertThat(run(catalog, "noop")).isEqualTo(JobOutcome.succeeded(new Json("{}")));
        assertThat(run(catalog, "fail")).isEqualTo(JobOutcome.failed("no luck"));
        assertThat(run(catalog, "never")).isEqualTo(JobOutcome.notRetryable("no luck"));
        assertThat(run(catalog, "snooze")).isEqualTo(JobOutcome.snooze(Duration.ofSeconds(5)));
        assertThat(run(catalog, "cancel")).isEqualTo(JobOutcome.cancelled());
        assertThatThrownBy(() -> run(catalog, "throw")).isInstanceOf(IOException.class).hasMessage("gone");
    }

    @Test
    @SuppressWarnings("NullAway") // Plugins are compiled without our checks.
    void shouldTellHandlersThatBreakTheirContract() {
        var catalog = catalog(new Simple("demo",
                JobType.named("nothing", NoInput.class, String.class).handledBy((input, context) -> null),
                JobType.named("empty", NoInput.class, String.class)
                        .handledBy((input, context) -> JobOutcome.succeeded(null)),
                JobType.named("unwritable", NoInput.class, Map.class).handledBy((input, context) -> {
                    Map<String, Object> endless = new HashMap<>();
                    endless.put("self", endless);
                    return JobOutcome.succeeded(endless);
                })));

        assertThatThrownBy(() -> run(catalog, "nothing")).isInstanceOf(IllegalStateException.class)
                .hasMessage("Expected an outcome from the handler of demo:nothing, but it gave null");
        assertThatThrownBy(() -> run(catalog, "empty")).isInstanceOf(IllegalStateException.class)
                .hasMessage("Expected a result from the handler of demo:empty, but it gave null");
        assertThatThrownBy(() -> run(catalog, "unwritable")).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Expected a result of demo:unwritable that can be written as JSON, but: ");
    }

    @Test
    void shouldRefuseTwoPluginsOfOneId() {
        assertThat(problems(new Simple("demo", GREET), new Listed(), new Simple("demo", NOOP)))
                .containsExactly("Expected plugins of different ids, but %s and %s are both 'demo'"
                        .formatted(Simple.class.getName(), Simple.class.getName()));
    }

    @Test
    void shouldRefuseTwoTypesOfOneName() {
        assertThat(problems(new Simple("demo", GREET, noop("greet"))))
                .containsExactly(
                        "Expected job types of different names in plugin 'demo', but there are two of 'greet'");
    }

    @Test
    void shouldTellEverythingThatIsWrongAtOnce() {
        record Wrong(@Email String mail, File file, @Min(1) @Min(2) int twice,
                @Pattern(regexp = "(") String broken,
                @Pattern(regexp = "a", flags = Pattern.Flag.CASE_INSENSITIVE) String flagged,
                List<List<Object>> things, Map<Integer, String> map) {}
        var wrong = JobType.named("wrong", Wrong.class).handledBy((input, context) -> JobOutcome.succeeded());

        assertThat(problems(new Simple("Not an id", GREET), new Simple("empty"),
                new Simple("none", List.of(NOOP), OptionalInt.of(0)), new Simple("demo", wrong)))
                .satisfiesExactly(
                        problem -> assertThat(problem).endsWith("but it is 'Not an id'"),
                        problem -> assertThat(problem)
                                .isEqualTo("Expected plugin 'empty' to have job types, but it has none"),
                        problem -> assertThat(problem)
                                .isEqualTo("Expected plugin 'none' to take at least 1 slot, but it says 0"),
                        problem -> assertThat(problem).contains("demo:wrong: ",
                                "Wrong.mail has @jakarta.validation.constraints.Email"),
                        problem -> assertThat(problem).contains("Wrong.file", "java.io.File"),
                        problem -> assertThat(problem)
                                .contains("Wrong.twice has @jakarta.validation.constraints.Min.List"),
                        problem -> assertThat(problem).contains("@Pattern of Wrong.broken to be a regular expression"),
                        problem -> assertThat(problem).contains("@Pattern of Wrong.flagged to be without flags"),
                        problem -> assertThat(problem).contains("Wrong.things", "java.lang.Object"),
                        problem -> assertThat(problem).contains("Wrong.map"));
    }

    @Test
    void shouldRefuseDefaultsThatBreakTheirOwnConstraints() {
        record Inner(@DefaultValue("1.5") int number) {}
        record Outer(@DefaultValue("11") @Max(10) int limit, Optional<Inner> inner) {}
        var type = JobType.named("type", Outer.class).handledBy((input, context) -> JobOutcome.succeeded());

        assertThat(problems(new Simple("demo", type))).containsExactlyInAnyOrder(
                "demo:type: Expected defaults that meet the constraints, but in Outer.limit: Expected at most 10, but got 11",
                "demo:type: Expected defaults that meet the constraints, but in Inner.number: Expected a whole number, but got 1.5");
    }

    @Test
    void shouldRefuseDefaultsThatAreNoJson() {
        record Input(@DefaultValue("x") int number) {}
        var type = JobType.named("type", Input.class).handledBy((input, context) -> JobOutcome.succeeded());

        assertThat(problems(new Simple("demo", type)))
                .containsExactly("demo:type: Expected the default of Input.number in JSON, but got 'x'");
    }

    @Test
    void shouldNameThePluginThatThrowsWhenAsked() {
        assertThat(problems(new Simple("demo", GREET), new Throwing())).containsExactly(
                "Expected %s to describe its job types, but it threw java.lang.IllegalStateException: not today"
                        .formatted(Throwing.class.getName()));
    }

    private record Throwing() implements Plugin {
        @Override
        public String id() {
            return "throwing";
        }

        @Override
        public List<JobType<?, ?>> jobTypes() {
            throw new IllegalStateException("not today");
        }
    }

    @Test
    void shouldStartInOrderAndStopBackwardsOnce() {
        List<String> log = new ArrayList<>();
        PluginCatalog catalog = catalog(new Logged("a", log, false), new Logged("b", log, false));

        catalog.start(Given::new);
        catalog.start(Given::new);
        catalog.stop();
        catalog.stop();

        assertThat(log).containsExactly("start a", "start b", "stop b", "stop a");
    }

    @Test
    void shouldStopWhatItStartedWhenAPluginDoesNotStart() {
        List<String> log = new ArrayList<>();
        PluginCatalog catalog = catalog(new Logged("a", log, false), new Logged("b", log, true),
                new Logged("c", log, false));

        assertThatThrownBy(() -> catalog.start(Given::new)).isInstanceOf(PluginRefusedException.class)
                .hasMessage("Expected plugin 'b' to start, but it threw java.lang.IllegalStateException: no database");

        assertThat(log).containsExactly("start a", "start b", "stop a");
    }

    @Test
    void shouldStartPluginWithAContextOfItsOwn() {
        List<String> log = new ArrayList<>();

        catalog(new Logged("a", log, false), new Curious("b", log)).start(Given::new);

        assertThat(log).containsExactly("start a", "start b with the context of b");
    }

    private record Curious(String id, List<String> log) implements Plugin {
        @Override
        public List<JobType<?, ?>> jobTypes() {
            return List.of(NOOP);
        }

        @Override
        public void start(PluginContext context) {
            log.add("start " + id + " with the context of " + context.pluginId());
        }
    }

    private record Given(String pluginId, RecordJson json) implements PluginContext {
        @Override
        public PluginState state() {
            throw new AssertionError("Expected nobody to look at the state");
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }

    private record Logged(String id, List<String> log, boolean broken) implements Plugin {
        @Override
        public List<JobType<?, ?>> jobTypes() {
            return List.of(NOOP);
        }

        @Override
        public void start() {
            log.add("start " + id);
            if (broken) {
                throw new IllegalStateException("no database");
            }
        }

        @Override
        public void stop() {
            log.add("stop " + id);
            throw new IllegalStateException("already gone");
        }
    }

    private static JobType<?, ?> noop(String name) {
        return JobType.named(name, NoInput.class).handledBy((input, context) -> JobOutcome.succeeded());
    }

    private static PluginCatalog catalog(Plugin... plugins) {
        return PluginCatalog.of(List.of(plugins), new ParamsValidator());
    }

    private static List<String> problems(Plugin... plugins) {
        return catchThrowableOfType(PluginRefusedException.class, () -> catalog(plugins)).problems();
    }

    private static JobOutcome<Json> run(PluginCatalog catalog, String type) throws Exception {
        return catalog.find(new JobTypeName("demo", type)).orElseThrow().bind(new Json("{}")).run(nobody());
    }

    /** A context for handlers that do not look at it. */
    private static JobContext nobody() {
        return (JobContext) Proxy.newProxyInstance(JobContext.class.getClassLoader(), new Class<?>[]{JobContext.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError("Expected no call, but got " + method);
                });
    }

    private static URLClassLoader classPathWith(Path folder, String pluginClass) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Plugin.class.getName()), pluginClass);
        return new URLClassLoader(new URL[]{folder.toUri().toURL()}, PluginCatalogTest.class.getClassLoader());
    }
}
