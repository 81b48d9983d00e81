package dev.leat.plugin.test;

import dev.leat.domain.AwaitedJob;
import dev.leat.domain.Checkpoint;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.plugin.EndedJob;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobRequest;
import dev.leat.plugin.JobType;
import dev.leat.plugin.NoResult;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.PluginState;
import dev.leat.worker.plugin.HostedJobType;
import dev.leat.worker.plugin.InvalidParamsException;
import dev.leat.worker.plugin.PluginJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs the handler of a job type as a worker would: on a virtual thread, with an input that has been checked against the
 * schema of its record and completed by its defaults, and with the timeout of its type.
 *
 * <pre>{@code
 * TestedAttempt attempt = JobHandlerTester.of(new GreetingsPlugin()).type("greet")
 *     .runJson("""
 *         {"names": ["Ada", "Grace"], "warmth": "COOL"}""");
 *
 * assertThat(attempt.result(GreetResult.class).greetings()).containsExactly("Hello Ada", "Hello Grace");
 * assertThat(attempt.progress()).last().isEqualTo(new ProgressReport(50, "greeting Grace"));
 * }</pre>
 *
 * <p>Where nothing else is said, it is the first attempt of its job, nobody cancels it, its clock stands still, and a
 * handler that has been told to stop has 10 s for it. Immutable: each method that says otherwise gives another tester.
 * Thread-safe.
 */
public final class JobHandlerTester {

    private static final String PLUGIN = "tested";
    private static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final HostedJobType type;
    private final PluginTester plugin;
    private final AttemptTerms terms;

    /** A plugin of one job type. */
    private record PluginOfOne(JobType<?, ?> type) implements Plugin {
        @Override
        public String id() {
            return PLUGIN;
        }

        @Override
        public List<JobType<?, ?>> jobTypes() {
            return List.of(type);
        }
    }

    private JobHandlerTester(HostedJobType type, PluginTester plugin, AttemptTerms terms) {
        this.type = type;
        this.plugin = plugin;
        this.terms = terms;
    }

    static JobHandlerTester of(HostedJobType type, PluginTester plugin) {
        return new JobHandlerTester(type, plugin, AttemptTerms.of(JobTerms.first(type.policy().maxAttempts()),
                plugin.clock(), plugin.state(), type.policy().timeout()));
    }

    /**
     * Tests the job types of a plugin, of which {@link PluginTester#type} gives one. The plugin is started, with an empty
     * state and a clock that stands still.
     *
     * @throws IllegalArgumentException naming all for which a worker would refuse the plugin, or what {@link
     *     Plugin#start(dev.leat.plugin.PluginContext)} threw
     */
    public static PluginTester of(Plugin plugin) {
        return of(plugin, new InMemoryPluginState(), SettableClock.at(SOME_TIME));
    }

    /**
     * Tests the job types of a plugin as {@link #of(Plugin)}, where it finds something when it starts.
     *
     * @param state what it and its handlers share with other workers
     * @param clock what it and its handlers see of the time
     * @throws IllegalArgumentException as {@link #of(Plugin)}
     */
    public static PluginTester of(Plugin plugin, PluginState state, InstantSource clock) {
        return PluginTester.of(plugin, state, clock);
    }

    /**
     * Tests a job type as if it was the only one of a plugin.
     *
     * @throws IllegalArgumentException naming all for which a worker would refuse it
     */
    public static JobHandlerTester of(JobType<?, ?> type) {
        return of(new PluginOfOne(type)).type(type.name());
    }

    /** The job's id; the same one for all testers that do not say it. */
    public JobHandlerTester jobId(UUID id) {
        return with(terms.withJob(terms.job().withId(id)));
    }

    /** Which attempt of the job it is, from 1 on. */
    public JobHandlerTester attempt(int number) {
        return with(terms.withJob(terms.job().withAttempt(number)));
    }

    /**
     * What the attempts before this one have left last; nothing if not said. Most likely from {@link
     * TestedAttempt#lastCheckpoint()} of another one.
     *
     * @throws IllegalArgumentException if it is too large
     */
    public JobHandlerTester withLastCheckpoint(byte[] bytes) {
        return with(terms.withJob(terms.job().withCheckpoint(Checkpoint.of(bytes))));
    }

    /**
     * As {@link #withLastCheckpoint(byte[])}, left as a record.
     *
     * @throws IllegalArgumentException if it is too large or cannot be written as JSON
     */
    public JobHandlerTester withLastCheckpoint(Record state) {
        return withLastCheckpoint(type.json().write(state));
    }

    /**
     * The attempt has waited for this job, which has completed: {@link JobContext#ended()} has it. May be called once for
     * each job.
     *
     * @param job most likely from {@link TestedAttempt#enqueuedId} of another attempt
     * @param result what it gave; {@link NoResult} if that was nothing
     * @throws IllegalArgumentException if it cannot be written as JSON
     */
    public JobHandlerTester withEnded(UUID job, Record result) {
        return withEnded(new AwaitedJob(new JobId(job), Optional.of(JobState.COMPLETED),
                Optional.of(new Json(new String(type.json().write(result), StandardCharsets.UTF_8))),
                Optional.empty()));
    }

    /**
     * The attempt has waited for this job, which has ended without a result. May be called once for each job.
     *
     * @param reason why; may be empty
     */
    public JobHandlerTester withEnded(UUID job, EndedJob.Ending ending, String reason) {
        Optional<JobState> state = ending == EndedJob.Ending.UNKNOWN
                ? Optional.empty()
                : Optional.of(JobState.valueOf(ending.name()));
        return withEnded(new AwaitedJob(new JobId(job), state, Optional.empty(),
                Optional.of(JobError.of("ended", reason)).filter(_ -> !reason.isEmpty())));
    }

    private JobHandlerTester withEnded(AwaitedJob job) {
        return with(terms.withJob(terms.job().withEnded(job)));
    }

    /**
     * What the handler shares with other workers: an {@link InMemoryPluginState}, most likely. If not said, it is that of the
     * plugin, one for all testers of its job types; for a job type without its plugin, one for all attempts of this tester.
     */
    public JobHandlerTester withState(PluginState state) {
        return with(terms.withState(state));
    }

    /** What the handler's clock shows; a {@link SettableClock}, most likely. */
    public JobHandlerTester clock(InstantSource clock) {
        return with(terms.withClock(clock));
    }

    /** How long the handler may run, instead of the timeout of its job type. Real time, more than 0. */
    public JobHandlerTester timeout(Duration timeout) {
        return with(terms.withTimeout(timeout));
    }

    /** How long the handler may go on after it was told to stop, until the test fails. Real time, more than 0. */
    public JobHandlerTester grace(Duration grace) {
        return with(terms.withGrace(grace));
    }

    /** Somebody has cancelled the job when the handler takes its first step. */
    public JobHandlerTester cancelAtOnce() {
        return with(terms.withCancellation(new Cancellation.AtOnce()));
    }

    /** Somebody cancels the job as the handler reports progress for that many times, 1 or more. */
    public JobHandlerTester cancelAfterProgress(int reports) {
        return with(terms.withCancellation(new Cancellation.AfterReports(reports)));
    }

    /** Somebody cancels the job that long after it began, in real time. */
    public JobHandlerTester cancelAfter(Duration time) {
        return with(terms.withCancellation(new Cancellation.After(time)));
    }

    /**
     * A handler that is told to stop learns it from its context alone. No worker does so; it shows whether a handler looks
     * at its context where no blocking call would notice the interrupt for it.
     */
    public JobHandlerTester withoutInterrupt() {
        return with(terms.withoutInterrupt());
    }

    /** With the timeout of the job type, but no more than that. */
    JobHandlerTester noLongerThan(Duration limit) {
        return terms.timeout().compareTo(limit) <= 0 ? this : timeout(limit);
    }

    JobHandlerTester meeting(Rendezvous rendezvous) {
        return with(terms.withRendezvous(rendezvous));
    }

    private JobHandlerTester with(AttemptTerms other) {
        return new JobHandlerTester(type, plugin, other);
    }

    /**
     * Runs an attempt to its end. The handler gets an equal record, not the same one: it goes through JSON, and so
     * through everything that a submission goes through.
     *
     * @throws InvalidInputException if the input is not what the job type takes; the handler does not run then
     * @throws AssertionError if the handler does not end in its grace time after it was told to stop
     */
    public TestedAttempt run(Record input) {
        return start(input).await();
    }

    /**
     * Runs an attempt to its end, with params as they are submitted.
     *
     * @throws InvalidInputException if the params are not what the job type takes; the handler does not run then
     * @throws AssertionError if the handler does not end in its grace time after it was told to stop
     */
    public TestedAttempt runJson(String params) {
        return startJson(params).await();
    }

    /**
     * Starts an attempt, for tests that do something while it runs; input as in {@link #run}.
     *
     * @throws InvalidInputException if the input is not what the job type takes
     */
    public StartedAttempt start(Record input) {
        return start(PluginJson.write(input));
    }

    /**
     * Starts an attempt, for tests that do something while it runs; params as in {@link #runJson}.
     *
     * @throws InvalidInputException if the params are not what the job type takes
     */
    public StartedAttempt startJson(String params) {
        return start(new Json(params));
    }

    private StartedAttempt start(Json params) {
        return StartedAttempt.start(type.name().toString(), type.json(), returned -> {
            try {
                return type.bind(params, returned::complete);
            } catch (InvalidParamsException e) {
                throw new InvalidInputException(e);
            }
        }, terms);
    }

    /** The full name of the job type; {@code tested:} and its name where it was given without a plugin. */
    public String typeName() {
        return type.name().toString();
    }

    /** What the job type says that its jobs do. */
    String description() {
        return type.descriptor().description();
    }

    /** The JSON Schema that Leat publishes for the input. */
    public String inputSchema() {
        return type.descriptor().inputSchema().value();
    }

    /** The JSON Schema that Leat publishes for the result. */
    public String resultSchema() {
        return type.descriptor().resultSchema().value();
    }

    /** What in the result's JSON is not as {@link #resultSchema()} says; empty if nothing is. */
    List<String> problemsOfResult(String json) {
        return plugin.validator().validate(resultSchema(), json).stream()
                .map(error -> (error.pointer() + " " + error.message()).strip()).toList();
    }

    /**
     * Why no worker could run a job that was asked for; empty if one could, or if it is another plugin's.
     *
     * @param params as they are submitted
     */
    Optional<String> problemOf(JobRequest request, Json params) {
        return plugin.problemOf(request, params);
    }
}
