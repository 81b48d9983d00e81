package dev.leat.worker.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.leat.domain.Backoff;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.plugin.AttemptFailure;
import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.runtime.json.ParamsValidator;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** A job type that this worker can run. Thread-safe. */
public final class HostedJobType {

    /** The generics of the plugin's job type end here: outside, params and results are JSON. */
    private interface Binder {
        BoundJob bind(Json params, Consumer<JobOutcome<?>> returned) throws InvalidParamsException;
    }

    /** A job that is ready to run, in the realm of its plugin, which it keeps while it is held. */
    private record Held<I extends Record, R>(JobTypeName name, JobType<I, R> type, I input, PluginRealm realm,
            Consumer<JobOutcome<?>> returned)
            implements
                BoundJob {

        @Override
        public JobOutcome<Json> run(JobContext context) throws Exception {
            return realm.call(() -> {
                JobOutcome<R> outcome = HostedJobType.run(name, type, input, context);
                returned.accept(outcome);
                return written(name, outcome, realm.json());
            });
        }

        @Override
        public void onError(AttemptFailure failure, JobContext context) throws Exception {
            realm.call(() -> {
                type.handler().onError(input, failure, context);
                return true;
            });
        }

        @Override
        public RecordJson json() {
            return new RecordJson(realm.json());
        }

        @Override
        public void hold() {
            realm.uses().acquire();
        }

        @Override
        public void release() {
            realm.uses().release();
        }
    }

    /** A job whose classes did not load. */
    private record Unloadable(LinkageError why, PluginRealm realm) implements BoundJob {

        @Override
        public JobOutcome<Json> run(JobContext context) {
            throw why;
        }

        @Override
        public RecordJson json() {
            return new RecordJson(realm.json());
        }

        @Override
        public void hold() {
            realm.uses().acquire();
        }

        @Override
        public void release() {
            realm.uses().release();
        }
    }

    private final JobTypeDescriptor descriptor;
    private final Binder binder;
    private final PluginRealm realm;

    private HostedJobType(JobTypeDescriptor descriptor, Binder binder, PluginRealm realm) {
        this.descriptor = descriptor;
        this.binder = binder;
        this.realm = realm;
    }

    static <I extends Record, R> HostedJobType of(String plugin, JobType<I, R> type, PluginRealm realm,
            ParamsValidator validator) {
        JobTypeName name = new JobTypeName(plugin, type.name());
        Json inputSchema = new Json(RecordSchema.ofInput(type.input()).toString());
        Json resultSchema = new Json(RecordSchema.ofResult(type.result()).toString());
        InputBinding<I> binding = new InputBinding<>(name, type.input(), inputSchema, validator, realm.json());
        return new HostedJobType(
                new JobTypeDescriptor(name, type.description(), lane(type), policy(type.policy()), inputSchema,
                        resultSchema, type.compensation().map(undo -> new JobTypeName(plugin, undo))),
                (params, returned) -> ready(name, type, binding.bind(params), realm, returned),
                realm);
    }

    private static <I extends Record, R> BoundJob ready(JobTypeName name, JobType<I, R> type, I input,
            PluginRealm realm, Consumer<JobOutcome<?>> returned) {
        return new Held<>(name, type, input, realm, returned);
    }

    private static <I extends Record, R> JobOutcome<R> run(JobTypeName name, JobType<I, R> type, I input,
            JobContext context) throws Exception {
        JobOutcome<R> outcome = type.handler().run(input, context);
        if (outcome == null) {
            throw new IllegalStateException(
                    "Expected an outcome from the handler of %s, but it gave null".formatted(name));
        }
        return outcome;
    }

    private static <R> JobOutcome<Json> written(JobTypeName name, JobOutcome<R> outcome, JsonMapper json) {
        return switch (outcome) {
            case JobOutcome.Succeeded<R>(R result) -> JobOutcome.succeeded(json(name, result, json));
            case JobOutcome.Failed<R>(String reason, JobOutcome.Retry retry) -> new JobOutcome.Failed<>(reason, retry);
            case JobOutcome.Snoozed<R>(Duration delay) -> JobOutcome.snooze(delay);
            case JobOutcome.Waiting<R>(Set<UUID> jobs) -> JobOutcome.waitFor(jobs);
            case JobOutcome.Cancelled<R> _ -> JobOutcome.cancelled();
        };
    }

    private static <R> Json json(JobTypeName name, R result, JsonMapper json) {
        if (result == null) {
            throw new IllegalStateException(
                    "Expected a result from the handler of %s, but it gave null".formatted(name));
        }
        try {
            return new Json(json.writeValueAsString(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected a result of %s that can be written as JSON, but: %s"
                    .formatted(name, e.getOriginalMessage()), e);
        }
    }

    /**
     * A plugin's policy as Leat has it.
     *
     * @throws IllegalArgumentException if Leat does not allow it
     */
    static JobPolicy policy(dev.leat.plugin.JobPolicy policy) {
        Backoff backoff = new Backoff(policy.backoff().first(), policy.backoff().factor(), policy.backoff().cap(),
                policy.backoff().jitter());
        return new JobPolicy(policy.maxAttempts(), backoff, policy.timeout(), policy.retention());
    }

    private static Lane lane(JobType<?, ?> type) {
        return switch (type.lane()) {
            case HIGH -> Lane.HIGH;
            case NORMAL -> Lane.NORMAL;
            case LOW -> Lane.LOW;
        };
    }

    public JobTypeName name() {
        return descriptor.type();
    }

    /** How its jobs are tried and kept, where a submission says nothing else. */
    public JobPolicy policy() {
        return descriptor.policy();
    }

    /** How what its handler leaves for itself is written and read. */
    public RecordJson json() {
        return new RecordJson(realm.json());
    }

    /** What this job type looks like from outside. */
    public JobTypeDescriptor descriptor() {
        return descriptor;
    }

    /**
     * Makes a job ready to run. Where classes of the plugin are missing or do not load, that is an attempt's failure: it
     * is shown with the job, and may be mended by the next try.
     *
     * @param params what the submission said
     * @throws InvalidParamsException if the params are not what this job type takes
     */
    public BoundJob bind(Json params) throws InvalidParamsException {
        return bind(params, _ -> {});
    }

    /**
     * Makes a job ready to run, for who wants to know more of its end than a worker does.
     *
     * @param params what the submission said
     * @param returned gets what the handler returned, its result not yet written as JSON; called on the handler's thread
     * @throws InvalidParamsException if the params are not what this job type takes
     */
    public BoundJob bind(Json params, Consumer<JobOutcome<?>> returned) throws InvalidParamsException {
        try {
            return realm.call(() -> binder.bind(params, returned));
        } catch (LinkageError e) {
            return new Unloadable(e, realm);
        }
    }
}
