package dev.leat.plugins.demo;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.Plugin;
import java.util.List;

/** The plugin {@code demo}. */
public final class DemoPlugin implements Plugin {

    @Override
    public String id() {
        return "demo";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(
                JobType.named("prime", PrimeInput.class, PrimeResult.class)
                        .describedAs("Finds the prime numbers up to a limit, slowly enough to watch.")
                        .handledBy(new PrimeHandler()),
                JobType.named("echo", EchoInput.class, EchoResult.class)
                        .describedAs("Gives back the message that it was given.").handledBy(new EchoHandler()),
                JobType.named("sleep", SleepInput.class, SleepResult.class)
                        .describedAs("Sleeps for a while, in steps.").handledBy(new SleepHandler()),
                JobType.named("fail", FailInput.class)
                        .describedAs("Fails, in the way that is asked for.").handledBy(new FailHandler()),
                JobType.named("noop", NoInput.class)
                        .describedAs("Does nothing, which shows what Leat itself costs.")
                        .handledBy((input, context) -> JobOutcome.succeeded()));
    }
}
