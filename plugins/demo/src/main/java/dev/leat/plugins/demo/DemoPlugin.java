package dev.leat.plugins.demo;

import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoInput;
import dev.leat.plugin.Plugin;
import dev.leat.plugins.demo.fetch.UrlFetch;
import java.time.Duration;
import java.util.List;

/** The plugin {@code demo}. */
public final class DemoPlugin implements Plugin {

    /** Well above what the inputs of most types can ask for. */
    private static final Duration FEW_MINUTES = Duration.ofMinutes(5);
    /** Sleepers may be asked to sleep for an hour. */
    private static final Duration LONGER_THAN_AN_HOUR = Duration.ofMinutes(70);

    private final UrlFetch urlFetch;

    /**
     * For the service loader.
     *
     * @throws IllegalArgumentException if an environment variable of {@link UrlFetch} has no meaning
     */
    public DemoPlugin() {
        this.urlFetch = UrlFetch.of(System.getenv());
    }

    @Override
    public String id() {
        return "demo";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(
                JobType.named("countdown", CountdownInput.class, CountdownResult.class)
                        .describedAs("Counts seconds down to zero.").timeout(FEW_MINUTES)
                        .handledBy(new CountdownHandler(Duration.ofSeconds(1))),
                JobType.named("prime", PrimeInput.class, PrimeResult.class)
                        .describedAs("Finds the prime numbers up to a limit, slowly enough to watch.")
                        .timeout(FEW_MINUTES).handledBy(new PrimeHandler()),
                JobType.named("fibonacci", FibonacciInput.class, FibonacciResult.class)
                        .describedAs("Lists the first Fibonacci numbers, slowly enough to watch.")
                        .handledBy(new FibonacciHandler()),
                urlFetch.jobType(),
                JobType.named("echo", EchoInput.class, EchoResult.class)
                        .describedAs("Gives back the message that it was given, after a while.").timeout(FEW_MINUTES)
                        .handledBy(new EchoHandler(Duration.ofSeconds(1))),
                JobType.named("sleep", SleepInput.class, SleepResult.class)
                        .describedAs("Sleeps for a while, in steps.").timeout(LONGER_THAN_AN_HOUR)
                        .handledBy(new SleepHandler()),
                JobType.named("fail", FailInput.class)
                        .describedAs("Fails, in the way that is asked for, in all attempts or in the first ones.")
                        .constantBackoff(Duration.ofSeconds(1)).timeout(FEW_MINUTES).handledBy(new FailHandler()),
                JobType.named("hang", HangInput.class)
                        .describedAs("Runs for a while and does not stop when it is told to, as no job should.")
                        .maxAttempts(1).timeout(LONGER_THAN_AN_HOUR).handledBy(new HangHandler()),
                JobType.named("noop", NoInput.class)
                        .describedAs("Does nothing, which shows what Leat itself costs.").timeout(FEW_MINUTES)
                        .handledBy((input, context) -> JobOutcome.succeeded()));
    }
}
