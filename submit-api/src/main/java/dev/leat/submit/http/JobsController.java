package dev.leat.submit.http;

import java.util.Map;
import java.util.Optional;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.JobReads.Moment;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.submission.JobCancellation;
import dev.leat.submit.submission.JobSubmitter;
import dev.leat.submit.submission.SubmitJob;
import dev.leat.submit.submission.SubmitJobReader;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Submit, list, show and cancel jobs. Each request has a virtual thread of its own. */
@Controller(ApiPaths.JOBS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Jobs")
final class JobsController {

    private final SubmitJobReader reader;
    private final JobSubmitter submitter;
    private final JobCancellation cancellation;
    private final JobReads jobs;
    private final ProjectorReplies replies;
    private final SubmittedReplies submitted;

    JobsController(SubmitJobReader reader, JobSubmitter submitter, JobCancellation cancellation, JobReads jobs,
            ProjectorReplies replies, SubmittedReplies submitted) {
        this.reader = reader;
        this.submitter = submitter;
        this.cancellation = cancellation;
        this.jobs = jobs;
        this.replies = replies;
        this.submitted = submitted;
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "submitJob", summary = "Submit a job", description = """
            Answered when Kafka has the job on all in-sync replicas, and, where the job has a key, when a projector \
            has said that the key is its own. A submission that is refused has left nothing behind, but for a 503 \
            whose outcome is "unknown": that one names the job to ask for.

            **Once only.** With an Idempotency-Key a request can be sent again: it is answered with the job that it \
            submitted the first time, for as long as that is kept. With `unique` or `uniqueKey`, a job is refused \
            while another one of the same key is open. Both are exact, however many submit at once.

            **Wait.** With a wait, the answer comes as soon as the job has ended, or else when the time is over, with \
            the job as it is then. A wait never makes a submission fail: where the status cannot be had, the answer is \
            the job as it was submitted.""")
    @Parameter(name = "Idempotency-Key", in = ParameterIn.HEADER, ref = "#/components/parameters/IdempotencyKey")
    @Parameter(name = "wait", in = ParameterIn.QUERY, ref = "#/components/parameters/Wait")
    @Parameter(name = "Prefer", in = ParameterIn.HEADER, ref = "#/components/parameters/Prefer")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/SubmitJob"), examples = {
            @ExampleObject(name = "everything", ref = "#/components/examples/SubmitEverything"),
            @ExampleObject(name = "defaults", ref = "#/components/examples/SubmitDefaults"),
            @ExampleObject(name = "later", ref = "#/components/examples/SubmitLater"),
            @ExampleObject(name = "atTime", ref = "#/components/examples/SubmitAtTime"),
            @ExampleObject(name = "constantRate", ref = "#/components/examples/SubmitConstantRate"),
            @ExampleObject(name = "unique", ref = "#/components/examples/SubmitUnique"),
            @ExampleObject(name = "uniqueKey", ref = "#/components/examples/SubmitUniqueKey")}))
    @ApiResponse(responseCode = "200", description = "The job has ended within the wait, or the same request has been made before", ref = "#/components/responses/EndedOrRepeated")
    @ApiResponse(responseCode = "202", description = "The job is in the log and will run", ref = "#/components/responses/Accepted")
    @ApiResponse(responseCode = "400", description = "The body or a parameter is not of the documented form", ref = "#/components/responses/BadBody")
    @ApiResponse(responseCode = "404", description = "No plugin offers the job type", ref = "#/components/responses/UnknownJobType")
    @ApiResponse(responseCode = "409", description = "A job with the same key is open", ref = "#/components/responses/Duplicate")
    @ApiResponse(responseCode = "413", description = "The body is too large", ref = "#/components/responses/TooLarge")
    @ApiResponse(responseCode = "415", description = "The body is not JSON by its content type", ref = "#/components/responses/NotJson")
    @ApiResponse(responseCode = "422", description = "The params are not valid for the job type, or the key is another request's", ref = "#/components/responses/InvalidParams")
    @ApiResponse(responseCode = "429", description = "Too many jobs of the plugin wait", ref = "#/components/responses/PluginQueueFull")
    @ApiResponse(responseCode = "500", description = "The plugin announced a schema of no use", ref = "#/components/responses/UnusableJobType")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away, or too many jobs wait", ref = "#/components/responses/CannotWrite")
    HttpResponse<?> submit(@Body byte[] body, @Parameter(hidden = true) HttpRequest<?> request) {
        Wait wait = Wait.of(request);
        SubmitJob wanted = reader.read(body, RequestParameters.idempotencyKey(request));
        return submitted.reply(submitter.submit(wanted), wait);
    }

    @Get
    @Operation(operationId = "listJobs", summary = "List jobs", description = """
            Newest first, without params. A page that has more behind it comes with a nextCursor: send it as cursor, \
            with the same filters, to get the next page.""")
    @Parameter(name = "status", in = ParameterIn.QUERY, ref = "#/components/parameters/Status")
    @Parameter(name = "plugin", in = ParameterIn.QUERY, ref = "#/components/parameters/Plugin")
    @Parameter(name = "type", in = ParameterIn.QUERY, ref = "#/components/parameters/Type")
    @Parameter(name = "tag", in = ParameterIn.QUERY, ref = "#/components/parameters/Tag")
    @Parameter(name = "batch", in = ParameterIn.QUERY, ref = "#/components/parameters/Batch")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "#/components/parameters/Limit")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "#/components/parameters/Cursor")
    @ApiResponse(responseCode = "200", description = "One page of jobs", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/JobPage"), examples = @ExampleObject(name = "page", ref = "#/components/examples/Page")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> list(@Parameter(hidden = true) HttpRequest<?> request) {
        return replies.other(jobs.page(RequestParameters.list(request)));
    }

    @Get("/{id}")
    @Operation(operationId = "showJob", summary = "Show a job", description = """
            A job that was just submitted is waited for: surely with the position that the submission was answered \
            with, else for a second by the age of its id. Retry-After says when to ask again; it is missing once the \
            job has ended. With a wait, the answer comes as soon as the job has ended, or else when the time is over, \
            with the job as it is then.""")
    @Parameter(name = "position", in = ParameterIn.QUERY, ref = "#/components/parameters/Position")
    @Parameter(name = "Leat-Position", in = ParameterIn.HEADER, ref = "#/components/parameters/PositionHeader")
    @Parameter(name = "wait", in = ParameterIn.QUERY, ref = "#/components/parameters/Wait")
    @Parameter(name = "Prefer", in = ParameterIn.HEADER, ref = "#/components/parameters/Prefer")
    @ApiResponse(responseCode = "200", description = "The job", headers = {
            @Header(name = "Retry-After", description = "Seconds until it makes sense to ask again; missing once the job has ended.", schema = @Schema(type = "integer")),
            @Header(name = "Preference-Applied", ref = "#/components/headers/PreferenceApplied")}, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Job"), examples = {
                    @ExampleObject(name = "scheduled", ref = "#/components/examples/Scheduled"),
                    @ExampleObject(name = "queued", ref = "#/components/examples/Queued"),
                    @ExampleObject(name = "running", ref = "#/components/examples/Running"),
                    @ExampleObject(name = "retrying", ref = "#/components/examples/Retrying"),
                    @ExampleObject(name = "waiting", ref = "#/components/examples/Waiting"),
                    @ExampleObject(name = "cancelling", ref = "#/components/examples/Cancelling"),
                    @ExampleObject(name = "completed", ref = "#/components/examples/Completed"),
                    @ExampleObject(name = "failed", ref = "#/components/examples/Failed"),
                    @ExampleObject(name = "timedOut", ref = "#/components/examples/TimedOut"),
                    @ExampleObject(name = "expired", ref = "#/components/examples/Expired"),
                    @ExampleObject(name = "rejected", ref = "#/components/examples/Rejected")}))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such job", ref = "#/components/responses/UnknownJob")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> show(@Parameter(ref = "#/components/parameters/JobId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Wait wait = Wait.of(request);
        return wait.applied(replies.job(jobs.job(RequestParameters.jobId(id), moment(request, wait))));
    }

    @Get("/{id}/result")
    @Operation(operationId = "showResult", summary = "Show a job's result", description = """
            The JSON that the job's handler returned. With a wait, the answer comes as soon as the job has ended, or \
            else when the time is over.""")
    @Parameter(name = "position", in = ParameterIn.QUERY, ref = "#/components/parameters/Position")
    @Parameter(name = "Leat-Position", in = ParameterIn.HEADER, ref = "#/components/parameters/PositionHeader")
    @Parameter(name = "wait", in = ParameterIn.QUERY, ref = "#/components/parameters/Wait")
    @Parameter(name = "Prefer", in = ParameterIn.HEADER, ref = "#/components/parameters/Prefer")
    @ApiResponse(responseCode = "200", description = "The result", headers = @Header(name = "Preference-Applied", ref = "#/components/headers/PreferenceApplied"), content = @Content(mediaType = MediaType.APPLICATION_JSON, examples = @ExampleObject(name = "primeResult", ref = "#/components/examples/PrimeResult")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such job", ref = "#/components/responses/UnknownJob")
    @ApiResponse(responseCode = "409", description = "There is no result, or not yet", ref = "#/components/responses/NoResult")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> result(@Parameter(ref = "#/components/parameters/JobId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        Wait wait = Wait.of(request);
        return wait.applied(replies.result(jobs.result(RequestParameters.jobId(id), moment(request, wait))));
    }

    @Get("/{id}/log")
    @Operation(operationId = "showLog", summary = "Show a job's log", description = """
            What the job's handler has written while it ran, oldest line first: the newest 500 lines over all attempts, \
            of together 100,000 characters. Lines are there within a second of being written.""")
    @Parameter(name = "attempt", in = ParameterIn.QUERY, ref = "#/components/parameters/Attempt")
    @Parameter(name = "position", in = ParameterIn.QUERY, ref = "#/components/parameters/Position")
    @Parameter(name = "Leat-Position", in = ParameterIn.HEADER, ref = "#/components/parameters/PositionHeader")
    @ApiResponse(responseCode = "200", description = "The log, which may have no lines", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/JobLog"), examples = @ExampleObject(name = "log", ref = "#/components/examples/Log")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such job", ref = "#/components/responses/UnknownJob")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> log(@Parameter(ref = "#/components/parameters/JobId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        return replies.other(jobs.log(RequestParameters.jobId(id), RequestParameters.position(request),
                RequestParameters.attempt(request)));
    }

    @Delete("/{id}")
    @Operation(operationId = "cancelJob", summary = "Cancel a job", description = """
            Asks for a job to end without a result. One that no worker has ends at once; one that runs is shown as \
            `cancelling` until its handler has stopped, or has been given up. It may still complete first: look at its \
            status. To ask twice changes nothing.""")
    @Parameter(name = "position", in = ParameterIn.QUERY, ref = "#/components/parameters/Position")
    @Parameter(name = "Leat-Position", in = ParameterIn.HEADER, ref = "#/components/parameters/PositionHeader")
    @ApiResponse(responseCode = "202", description = "The cancellation is asked for", ref = "#/components/responses/CancelRequested")
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such job", ref = "#/components/responses/UnknownJob")
    @ApiResponse(responseCode = "409", description = "The job has ended", ref = "#/components/responses/AlreadyFinished")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotCancel")
    HttpResponse<?> cancel(@Parameter(ref = "#/components/parameters/JobId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        return switch (cancellation.cancel(RequestParameters.jobId(id), moment(request, Wait.NONE))) {
            case JobCancellation.Outcome.NotFound(ProjectorAnswer answer) -> replies.other(answer);
            case JobCancellation.Outcome.Requested(Map<String, Json> job, Optional<CommandPosition> position) -> {
                MutableHttpResponse<?> accepted = HttpResponse.accepted()
                        .header(HttpHeaders.RETRY_AFTER, ProjectorReplies.RETRY_AFTER)
                        .body(job);
                position.ifPresent(at -> accepted.header(RequestParameters.POSITION_HEADER, at.toString()));
                yield accepted;
            }
        };
    }

    private static Moment moment(HttpRequest<?> request, Wait wait) {
        return new Moment(RequestParameters.position(request), wait.duration());
    }
}
