package dev.leat.submit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.runtime.http.Problem;
import dev.leat.runtime.http.ProblemException;
import dev.leat.domain.batch.BatchId;
import dev.leat.runtime.json.FieldError;
import dev.leat.submit.batch.OperationError;

/** Every problem that the API makes by itself, but for those of dead letters. {@code src/main/openapi} documents each of them with an example. */
public final class ApiProblems {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration BROKER_RETRY = Duration.ofSeconds(2);
    private static final Duration QUEUE_RETRY = Duration.ofSeconds(5);

    private ApiProblems() {}

    /** A page of somebody else's wants to use the browser's user. */
    public static ProblemException originNotAllowed(String origin) {
        return new ProblemException(Problem.of("origin-not-allowed", "Pages of this origin may not connect", 403)
                .withDetail(
                        "Expected a page of this server or of an origin that leat.api.socket.origins allows, but got"
                                + " one of '" + excerpt(origin) + "'."));
    }

    /** There is nothing here for a plain request. */
    public static ProblemException upgradeRequired() {
        return new ProblemException(Problem.of("upgrade-required", "There is a WebSocket here", 426)
                .withDetail("Expected a request to upgrade to a WebSocket, but got another one."));
    }

    /** One connection wants too much at once. */
    public static ProblemException tooManyRequests(int atATime) {
        return new ProblemException(Problem.of("too-many-requests", "Too many requests at a time", 429)
                .withDetail("Expected at most " + atATime + " requests of one connection to be under way, but there are"
                        + " as many already. Nothing was done."),
                SOON);
    }

    /** The body of a submission cannot be read at all. */
    public static ProblemException malformedJson(String detail) {
        return new ProblemException(Problem.of("malformed-json", "The body is not JSON", 400).withDetail(detail));
    }

    /** Parts of a request are not of the documented form; each error says where and what. */
    public static ProblemException invalidRequest(String detail, List<FieldError> errors) {
        return new ProblemException(Problem.of("invalid-request", "Invalid request", 400)
                .withDetail(detail)
                .with("errors", errors));
    }

    /** One parameter of the URL or header is wrong. */
    public static ProblemException invalidParameter(String name, String detail) {
        return new ProblemException(
                Problem.of("invalid-parameter", "A parameter of the request is invalid", 400)
                        .withDetail(detail)
                        .with("parameter", name));
    }

    public static ProblemException bodyTooLarge(String detail) {
        return new ProblemException(Problem.of("content-too-large", "Content too large", 413).withDetail(detail));
    }

    public static ProblemException unknownJobType(String name, List<String> nearest) {
        String suggestion = nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?";
        return new ProblemException(Problem.of("unknown-job-type", "No plugin offers this job type", 404)
                .withDetail("Expected a job type that a plugin offers, but got '" + excerpt(name) + "'." + suggestion)
                .with("nearest", nearest));
    }

    public static ProblemException unknownPlugin(String plugin) {
        return new ProblemException(Problem.of("unknown-plugin", "No worker has announced this plugin", 404)
                .withDetail("Expected a plugin that a worker has announced, but got '" + excerpt(plugin) + "'."));
    }

    /** Kafka may have taken what is to hold for a plugin. */
    public static ProblemException settingInDoubt(String plugin) {
        return new ProblemException(Problem.of("broker-unavailable", "Kafka does not answer", 503)
                .withDetail("Expected Kafka to acknowledge the setting of plugin " + plugin
                        + ", but it did not answer in time. Whether it got through is unknown; it does no harm to send the"
                        + " same again.")
                .with("outcome", "unknown"), BROKER_RETRY);
    }

    /** This process has not read yet which job types there are. */
    public static ProblemException jobTypesNotLoaded() {
        return new ProblemException(Problem.of("job-types-not-loaded", "The job types are not known yet", 503)
                .withDetail("Expected to know all job types, but this instance is still reading them from Kafka."),
                SOON);
    }

    /** So many jobs of the plugin wait that its workers have to catch up first. */
    public static ProblemException pluginQueueFull(String plugin, long queued, long limit) {
        return new ProblemException(Problem.of("plugin-queue-full", "Too many jobs of the plugin wait", 429)
                .withDetail("Expected fewer than " + limit + " jobs of plugin " + plugin + " to wait, but there are "
                        + queued + ". Nothing was submitted.")
                .with("plugin", plugin)
                .with("queued", queued)
                .with("limit", limit), QUEUE_RETRY);
    }

    /** So many jobs wait that the workers have to catch up first. */
    public static ProblemException queueFull(long queued, long limit) {
        return new ProblemException(Problem.of("queue-full", "Too many jobs wait", 503)
                .withDetail("Expected fewer than " + limit + " jobs to wait, but there are " + queued
                        + ". Nothing was submitted.")
                .with("outcome", "not-done")
                .with("queued", queued)
                .with("limit", limit), QUEUE_RETRY);
    }

    public static ProblemException invalidParams(JobTypeName type, List<FieldError> errors) {
        return new ProblemException(
                Problem.of("invalid-params", "The params are not valid for the job type", 422)
                        .withDetail("Expected params that are valid for " + type + ", but "
                                + (errors.size() == 1 ? "one field is" : errors.size() + " fields are") + " wrong.")
                        .with("errors", errors));
    }

    /** A plugin announced a schema that nothing can be checked against. */
    public static ProblemException unusableJobType(JobTypeName type) {
        return new ProblemException(Problem.of("unusable-job-type", "The plugin offers the job type wrongly", 500)
                .withDetail("Expected a usable JSON Schema of the params of " + type
                        + ", but the one that its plugin announced is not. Nothing was submitted."));
    }

    /** What happens to jobs cannot be followed right now. */
    public static ProblemException streamUnavailable(String detail) {
        return new ProblemException(
                Problem.of("stream-unavailable", "What happens to jobs cannot be followed right now", 503)
                        .withDetail(detail),
                BROKER_RETRY);
    }

    /**
     * Kafka did not take or not acknowledge a record.
     *
     * @param doubtful the job whose submission or cancellation may have reached the log all the same
     */
    public static ProblemException brokerUnavailable(String what, Optional<JobId> doubtful) {
        Problem problem = Problem.of("broker-unavailable", "Kafka does not answer", 503);
        Problem detailed = doubtful
                .map(job -> problem
                        .withDetail("Expected Kafka to acknowledge the " + what + ", but it did not answer in time."
                                + " Whether it got through is unknown: ask for job " + job
                                + " once Kafka is back, before you send the same again.")
                        .with("outcome", "unknown")
                        .with("jobId", job)
                        .with("job", pathOf(job)))
                .orElseGet(() -> problem
                        .withDetail(
                                "Expected Kafka to take the " + what + ", but it does not answer. Nothing was done.")
                        .with("outcome", "not-done"));
        return new ProblemException(detailed, BROKER_RETRY);
    }

    /** Kafka took none of the requests to clear jobs, as far as anybody knows. */
    public static ProblemException clearingInDoubt() {
        return new ProblemException(Problem.of("broker-unavailable", "Kafka does not answer", 503)
                .withDetail("Expected Kafka to acknowledge the requests to clear jobs, but it did not answer in time."
                        + " Some may have got through; it does no harm to send the same again.")
                .with("outcome", "unknown"), BROKER_RETRY);
    }

    /** Another job with the key of the submitted one is open. */
    public static ProblemException duplicateJob(JobId first) {
        return aboutJob(Problem.of("duplicate-job", "A job with the same key is open", 409)
                .withDetail("Expected no open job with the key of this one, but there is job " + first
                        + ". Nothing was submitted."),
                first);
    }

    /** The key of the request was that of another one. */
    public static ProblemException idempotencyKeyReused(JobId first) {
        return aboutJob(Problem.of("idempotency-key-reused", "The idempotency key belongs to another request", 422)
                .withDetail("Expected the same body as that of the first request with this Idempotency-Key, but it is"
                        + " another. The first one submitted job " + first + ". Nothing was submitted."),
                first);
    }

    private static ProblemException aboutJob(Problem problem, JobId job) {
        return new ProblemException(problem.with("jobId", job).with("job", pathOf(job)))
                .withLocation(URI.create(pathOf(job)));
    }

    /** A job with a key is in the log, and no projector has said in time whether the key is its own. */
    public static ProblemException submissionUndecided(JobId job) {
        return new ProblemException(
                Problem.of("submission-undecided", "Nobody knows yet whether the key is taken", 503)
                        .withDetail(
                                "Expected a status projector to decide whether the key of the job is taken, but none"
                                        + " did in time. The job runs if it is not: ask for job " + job
                                        + ", or send the same again.")
                        .with("outcome", "unknown")
                        .with("jobId", job)
                        .with("job", pathOf(job)),
                BROKER_RETRY);
    }

    private static String pathOf(JobId job) {
        return "/api/v1/jobs/" + job;
    }

    public static ProblemException registryUnavailable() {
        return new ProblemException(
                Problem.of("schema-registry-unavailable", "The schema registry does not answer", 503)
                        .withDetail("Expected the schema registry to answer, but it does not. Nothing was done.")
                        .with("outcome", "not-done"),
                BROKER_RETRY);
    }

    public static ProblemException statusUnavailable(Duration retryAfter) {
        return new ProblemException(Problem
                .of("status-unavailable", "The status of jobs is not available right now", 503)
                .withDetail(
                        "Expected a status projector to answer, but none does. Jobs are accepted and run meanwhile."),
                retryAfter);
    }

    public static ProblemException jobAlreadyFinished(JobId job, JobState state) {
        return new ProblemException(Problem.of("job-already-finished", "The job has ended", 409)
                .withDetail("Expected job " + job + " to be open, but it is " + state.wireName() + ".")
                .with("jobId", job)
                .with("jobStatus", state.wireName()));
    }

    /** Something is wrong with operations of a batch, or with what holds for all of them. */
    public static ProblemException invalidBatch(int operations, int total, List<OperationError> errors) {
        return new ProblemException(Problem.of("batch-invalid", "The batch is not valid", 422)
                .withDetail("Expected a batch of which every operation can be accepted, but " + total
                        + (total == 1 ? " thing is wrong, with " : " things are wrong, with ") + operations
                        + (operations == 1 ? " operation" : " operations") + ". Nothing was submitted.")
                .with("invalidOperations", operations)
                .with("totalErrors", total)
                .with("errors", errors));
    }

    /** So many batches are being read that one more could take too much memory. */
    public static ProblemException tooManyBatches(int atATime) {
        return new ProblemException(Problem.of("too-many-batches", "Too many batches are being submitted", 503)
                .withDetail("Expected at most " + atATime + " batches to be submitted here at a time, but there are"
                        + " more. Nothing was submitted.")
                .with("outcome", "not-done"), QUEUE_RETRY);
    }

    /** Kafka has not said whether it has what was to be written about a batch. */
    public static ProblemException batchInDoubt(String what, BatchId batch) {
        return new ProblemException(Problem.of("broker-unavailable", "Kafka does not answer", 503)
                .withDetail("Expected Kafka to acknowledge the " + what + ", but it did not answer in time. Whether it"
                        + " got through is unknown: ask for batch " + batch
                        + " once Kafka is back, before you send the same again.")
                .with("outcome", "unknown")
                .with("batchId", batch), BROKER_RETRY);
    }

    public static ProblemException templateNotFound(String name) {
        return new ProblemException(Problem.of("batch-template-not-found", "There is no such batch template", 404)
                .withDetail("There is no batch template '" + excerpt(name) + "'."));
    }

    public static ProblemException batchAlreadyFinished(BatchId batch, String status) {
        return new ProblemException(Problem.of("batch-already-finished", "The batch has ended", 409)
                .withDetail("Expected batch " + batch + " to be open, but it is " + status + ".")
                .with("batchId", batch)
                .with("batchStatus", status));
    }

    /** Cuts foreign text, so that it cannot flood an answer. */
    private static String excerpt(String text) {
        return text.length() <= 130 ? text : text.substring(0, 130) + "…";
    }
}
