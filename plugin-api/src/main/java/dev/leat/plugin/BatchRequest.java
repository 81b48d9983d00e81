package dev.leat.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A batch that a handler wants to be done, for {@link JobContext#enqueueBatch}. Immutable: each call gives another request.
 *
 * <pre>{@code
 * BatchRequest.of("pages").operation("site:render-section", new RenderInput("a"))
 *     .operation("site:render-section", new RenderInput("b")).concurrency(4).stopOnFailure()
 * BatchRequest.ofTemplate("reports", "monthly-reports", Map.of("month", 11))
 * }</pre>
 */
public final class BatchRequest {

    /** How many operations one can have. */
    public static final int MOST_OPERATIONS = 100_000;

    private final String key;
    private final Optional<Job> template;
    private final List<Job> operations;
    private final Optional<String> name;
    private final OptionalInt concurrency;
    private final boolean stopsOnFailure;
    private final Optional<Job> onCompletion;

    /**
     * A job of the batch, or a run of a template.
     *
     * @param type as it is submitted, {@code plugin:type}; or the name of the template
     * @param params a record, or a map of names to values
     */
    public record Job(String type, Object params) {}

    private BatchRequest(String key, Optional<Job> template, List<Job> operations, Optional<String> name,
            OptionalInt concurrency, boolean stopsOnFailure, Optional<Job> onCompletion) {
        this.key = JobRequest.requireKey(key);
        this.template = template;
        this.operations = operations;
        this.name = name;
        this.concurrency = concurrency;
        this.stopsOnFailure = stopsOnFailure;
        this.onCompletion = onCompletion;
    }

    /**
     * A batch without operations yet.
     *
     * @param key tells this request from all others for batches of the same job, as in {@link JobRequest#of}
     * @throws IllegalArgumentException if the key is out of its range
     */
    public static BatchRequest of(String key) {
        return new BatchRequest(key, Optional.empty(), List.of(), Optional.empty(), OptionalInt.empty(), false,
                Optional.empty());
    }

    /**
     * The batch of a batch template; all else is as the template says.
     *
     * @param key as in {@link #of}
     * @param template its name
     * @param params what fills the template's gaps, by name
     * @throws IllegalArgumentException if the key is out of its range
     */
    public static BatchRequest ofTemplate(String key, String template, Map<String, ?> params) {
        return new BatchRequest(key, Optional.of(new Job(template, Map.copyOf(params))), List.of(), Optional.empty(),
                OptionalInt.empty(), false, Optional.empty());
    }

    /**
     * With one more operation.
     *
     * @param type as it is submitted, {@code plugin:type}
     * @param params written as JSON: the job type's input record, or one of your own of the same form
     * @throws IllegalArgumentException if the type is not of that form, or there are too many operations
     */
    public BatchRequest operation(String type, Record params) {
        return withOperation(new Job(JobRequest.requireType(type), params));
    }

    /** As {@link #operation(String, Record)}, with the params by name; their values are what JSON can hold. */
    public BatchRequest operation(String type, Map<String, ?> params) {
        return withOperation(new Job(JobRequest.requireType(type), Map.copyOf(params)));
    }

    /** With more operations of one type, each with one of these params. */
    public BatchRequest operations(String type, List<? extends Record> params) {
        List<Job> more = new ArrayList<>(operations);
        params.forEach(one -> more.add(new Job(JobRequest.requireType(type), one)));
        return withOperations(more);
    }

    private BatchRequest withOperation(Job one) {
        List<Job> more = new ArrayList<>(operations);
        more.add(one);
        return withOperations(more);
    }

    private BatchRequest withOperations(List<Job> all) {
        requireNoTemplate();
        if (all.size() > MOST_OPERATIONS) {
            throw new IllegalArgumentException(
                    "Expected at most %d operations, but got %d".formatted(MOST_OPERATIONS, all.size()));
        }
        return new BatchRequest(key, template, List.copyOf(all), name, concurrency, stopsOnFailure, onCompletion);
    }

    private void requireNoTemplate() {
        if (template.isPresent()) {
            throw new IllegalArgumentException("Expected all but the params from the template of " + this);
        }
    }

    /** With a name for people, at most 200 characters. */
    public BatchRequest named(String forPeople) {
        requireNoTemplate();
        return new BatchRequest(key, template, operations, Optional.of(forPeople), concurrency, stopsOnFailure,
                onCompletion);
    }

    /**
     * Says how many operations may be on their way at a time. Default: as many as Leat lets.
     *
     * @param most 1 or more
     */
    public BatchRequest concurrency(int most) {
        requireNoTemplate();
        if (most < 1) {
            throw new IllegalArgumentException("Expected a concurrency from 1 on, but got " + most);
        }
        return new BatchRequest(key, template, operations, name, OptionalInt.of(most), stopsOnFailure, onCompletion);
    }

    /** Says that no further operation is begun once one has failed. Default: the others run all the same. */
    public BatchRequest stopOnFailure() {
        requireNoTemplate();
        return new BatchRequest(key, template, operations, name, concurrency, true, onCompletion);
    }

    /**
     * Says which job is submitted when everything has ended; its params get the summary as the member {@code batch}.
     *
     * @param type as it is submitted, {@code plugin:type}
     * @param params by name, without a member {@code batch}
     * @throws IllegalArgumentException if the type is not of that form
     */
    public BatchRequest onCompletion(String type, Map<String, ?> params) {
        requireNoTemplate();
        return new BatchRequest(key, template, operations, name, concurrency, stopsOnFailure,
                Optional.of(new Job(JobRequest.requireType(type), Map.copyOf(params))));
    }

    /** What tells it from the job's other requests for batches. */
    public String key() {
        return key;
    }

    /** The template with its params; empty where the batch is written out. */
    public Optional<Job> template() {
        return template;
    }

    /** In the order in which they are begun; empty where there is a template. */
    public List<Job> operations() {
        return operations;
    }

    /** For people. */
    public Optional<String> name() {
        return name;
    }

    /** How many operations may be on their way at a time; empty for as many as Leat lets. */
    public OptionalInt concurrency() {
        return concurrency;
    }

    /** Whether no further operation is begun once one has failed. */
    public boolean stopsOnFailure() {
        return stopsOnFailure;
    }

    /** The job that gets the summary. */
    public Optional<Job> onCompletion() {
        return onCompletion;
    }

    @Override
    public String toString() {
        return "BatchRequest[%s, key %s]".formatted(
                template.map(run -> "template " + run.type()).orElse(operations.size() + " operations"), key);
    }
}
