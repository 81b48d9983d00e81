package dev.leat.plugin.test;

import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The plugin of the plugin API's documentation; it knows whether it was started. */
final class GreetingsPlugin implements Plugin {

    private boolean started;

    record GreetInput(
            @Description("Whom to greet, in this order.") @Size(min = 1, max = 100) List<@NotBlank String> names,
            @Description("How warmly.") @DefaultValue("KIND") Warmth warmth,
            @Description("Pause after each greeting, in milliseconds.") @DefaultValue("0") @Min(0) @Max(10_000) int pauseMillis,
            @Description("Who greets; nobody in particular if left out.") Optional<String> sender) {}

    enum Warmth {
        COOL, KIND
    }

    record GreetResult(@Description("One greeting for each name.") List<String> greetings) {}

    private static final class GreetHandler implements JobHandler<GreetInput, GreetResult> {

        @Override
        public JobOutcome<GreetResult> run(GreetInput input, JobContext context) throws InterruptedException {
            List<String> greetings = new ArrayList<>();
            for (String name : input.names()) {
                context.throwIfCancelled();
                context.progress(greetings.size(), input.names().size(), "greeting " + name);
                Thread.sleep(input.pauseMillis());
                greetings.add((input.warmth() == Warmth.KIND ? "Dear " : "Hello ") + name);
            }
            return JobOutcome.succeeded(new GreetResult(greetings));
        }
    }

    @Override
    public String id() {
        return "greetings";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(JobType.named("greet", GreetInput.class, GreetResult.class)
                .describedAs("Greets everybody on a list.").maxAttempts(5).timeout(Duration.ofMinutes(10))
                .handledBy(new GreetHandler()));
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void stop() {
        started = false;
    }

    boolean isStarted() {
        return started;
    }
}
