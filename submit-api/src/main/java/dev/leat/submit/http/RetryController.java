package dev.leat.submit.http;

import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.submission.JobRetrier;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
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
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Submit again what has ended. Each request has a virtual thread of its own. */
@Controller(ApiPaths.JOBS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Jobs")
final class RetryController {

    private final JobRetrier retrier;
    private final JobReads jobs;
    private final ProjectorReplies replies;
    private final SubmittedReplies submitted;

    RetryController(JobRetrier retrier, JobReads jobs, ProjectorReplies replies, SubmittedReplies submitted) {
        this.retrier = retrier;
        this.jobs = jobs;
        this.replies = replies;
        this.submitted = submitted;
    }

    @Post("/{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "retryJob", summary = "Submit again what has ended", description = """
            A job that has ended stays as it is. This submits a new one with its type, params, priority, tags, policy \
            and unique key, which names the first one as `retryOf`. The body, which may be left out, says what is to be \
            other than it was. Times are not taken over, and neither is the Idempotency-Key: a retry can have one of its \
            own, unless the job has a unique key. The retry of an operation is no part of the batch.

            All else is as with a submission, the wait too.""")
    @Parameter(name = "Idempotency-Key", in = ParameterIn.HEADER, ref = "#/components/parameters/IdempotencyKey")
    @Parameter(name = "position", in = ParameterIn.QUERY, ref = "#/components/parameters/Position")
    @Parameter(name = "Leat-Position", in = ParameterIn.HEADER, ref = "#/components/parameters/PositionHeader")
    @Parameter(name = "wait", in = ParameterIn.QUERY, ref = "#/components/parameters/Wait")
    @Parameter(name = "Prefer", in = ParameterIn.HEADER, ref = "#/components/parameters/Prefer")
    @RequestBody(required = false, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/RetryJob"), examples = {
            @ExampleObject(name = "otherParams", ref = "#/components/examples/RetryWithOtherParams"),
            @ExampleObject(name = "later", ref = "#/components/examples/RetryLater")}))
    @ApiResponse(responseCode = "200", description = "The new job has ended within the wait, or the same request has been made before", ref = "#/components/responses/EndedOrRepeated")
    @ApiResponse(responseCode = "202", description = "The new job is in the log and will run", ref = "#/components/responses/RetryAccepted")
    @ApiResponse(responseCode = "400", description = "The body or a parameter is not of the documented form", ref = "#/components/responses/BadBody")
    @ApiResponse(responseCode = "404", description = "There is no such job, or no plugin offers its type any more", ref = "#/components/responses/NothingToRetry")
    @ApiResponse(responseCode = "409", description = "The job has not ended, or another one with its unique key is open", ref = "#/components/responses/CannotRetry")
    @ApiResponse(responseCode = "413", description = "The body is too large", ref = "#/components/responses/TooLarge")
    @ApiResponse(responseCode = "415", description = "The body is not JSON by its content type", ref = "#/components/responses/NotJson")
    @ApiResponse(responseCode = "422", description = "The params are not valid for the job type, or the key is another request's", ref = "#/components/responses/InvalidParams")
    @ApiResponse(responseCode = "429", description = "Too many jobs of the plugin wait", ref = "#/components/responses/PluginQueueFull")
    @ApiResponse(responseCode = "500", description = "The plugin announced a schema of no use", ref = "#/components/responses/UnusableJobType")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away, or too many jobs wait", ref = "#/components/responses/CannotWrite")
    HttpResponse<?> retry(@Parameter(ref = "#/components/parameters/JobId") String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request) {
        Wait wait = Wait.of(request);
        Optional<String> key = RequestParameters.idempotencyKey(request);
        JobId ended = RequestParameters.jobId(id);
        ProjectorAnswer submission = jobs.submission(ended, RequestParameters.position(request));
        return submission.isFound()
                ? submitted.reply(retrier.retry(ended, submission, request.getBody().orElseGet(() -> new byte[0]), key),
                        wait)
                : replies.other(submission);
    }
}
