package dev.leat.submit.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Json;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchView;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.batch.BatchSubmitter;
import dev.leat.submit.batch.BatchSubmitter.Form;
import dev.leat.submit.status.BatchReads;
import dev.leat.submit.status.ProjectorAnswer;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.body.CloseableByteBody;
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

/** Submit, show, cancel and take back batches. Each request has a virtual thread of its own. */
@Controller(ApiPaths.BATCHES)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Batches")
final class BatchesController {

    private static final String LINES = "application/x-ndjson";

    private final BatchSubmitter submitter;
    private final BatchReads batches;
    private final ProjectorReplies replies;

    BatchesController(BatchSubmitter submitter, BatchReads batches, ProjectorReplies replies) {
        this.submitter = submitter;
        this.batches = batches;
        this.replies = replies;
    }

    /** A batch that was just submitted, and where to go from it. */
    record AcceptedBatch(BatchId id, Optional<String> name, String status, int total, Instant submittedAt,
            Map<String, String> links) {}

    @Post
    @Consumes({MediaType.APPLICATION_JSON, LINES})
    @Operation(operationId = "submitBatch", summary = "Submit a batch", description = """
            Up to 100,000 operations, each of which is what the submission of a job is: all of them are accepted, or \
            none. What is wrong is named for each operation, the first hundred things. As JSON, or as lines \
            (application/x-ndjson) of which each is an operation and the first may be an object with name, options and \
            onCompletion. The body is read as it comes, up to `leat.api.max.batch.bytes`.

            Operations are released in their order, as many at a time as `concurrency` and the projectors' window let. \
            Times are counted from the submission of the batch.""")
    @RequestBody(required = true, content = {
            @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/SubmitBatch"), examples = {
                    @ExampleObject(name = "options", ref = "#/components/examples/SubmitBatch")}),
            @Content(mediaType = LINES, schema = @Schema(ref = "#/components/schemas/BatchLines"), examples = {
                    @ExampleObject(name = "lines", ref = "#/components/examples/SubmitBatchLines")})})
    @ApiResponse(responseCode = "202", description = "All operations are in the log", ref = "#/components/responses/BatchAccepted")
    @ApiResponse(responseCode = "400", description = "The body is not JSON", ref = "#/components/responses/BadBody")
    @ApiResponse(responseCode = "413", description = "The batch is too large", ref = "#/components/responses/TooLarge")
    @ApiResponse(responseCode = "415", description = "The body is neither JSON nor lines by its content type", ref = "#/components/responses/NotJson")
    @ApiResponse(responseCode = "422", description = "Something is wrong with operations", ref = "#/components/responses/InvalidBatch")
    @ApiResponse(responseCode = "429", description = "Too many jobs of a plugin wait", ref = "#/components/responses/PluginQueueFull")
    @ApiResponse(responseCode = "500", description = "A plugin announced a schema of no use", ref = "#/components/responses/UnusableJobType")
    @ApiResponse(responseCode = "503", description = "Kafka or the schema registry is away, or too much waits", ref = "#/components/responses/CannotOpen")
    HttpResponse<?> submit(@Parameter(hidden = true) HttpRequest<?> request) {
        Form form = request.getContentType().filter(type -> type.getName().equals(LINES)).isPresent()
                ? Form.LINES
                : Form.OBJECT;
        try (CloseableByteBody body = body(request)) {
            return accepted(submitter.submit(body.toInputStream(), form));
        }
    }

    /** The body as it comes: taken away from the server, which would keep a copy of what it binds to a parameter. */
    private static CloseableByteBody body(HttpRequest<?> request) {
        if (request instanceof ServerHttpRequest<?> received) {
            return received.byteBody().move();
        }
        throw new IllegalStateException("Expected a request as the server got it, but got " + request.getClass());
    }

    /** What is said of a batch that is in the log. */
    static HttpResponse<?> accepted(BatchSubmitter.Accepted accepted) {
        BatchView view = BatchView.of(accepted.batch(), Optional.empty(), Optional.empty());
        String self = ApiPaths.BATCHES + "/" + view.id();
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self);
        links.put("operations", self + "/operations");
        links.put("rollback", self + "/rollback");
        return HttpResponse.accepted()
                .header(HttpHeaders.LOCATION, self)
                .header(HttpHeaders.RETRY_AFTER, ProjectorReplies.RETRY_AFTER)
                .header(RequestParameters.POSITION_HEADER, accepted.position().toString())
                .body(new AcceptedBatch(view.id(), view.name(), view.status(), view.total(), view.submittedAt(),
                        links));
    }

    @Get
    @Operation(operationId = "listBatches", summary = "List batches", description = """
            Newest first, without their failures and what runs now. A page that has more behind it comes with a nextCursor.""")
    @Parameter(name = "status", in = ParameterIn.QUERY, ref = "#/components/parameters/BatchStatus")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "#/components/parameters/Limit")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "#/components/parameters/Cursor")
    @ApiResponse(responseCode = "200", description = "One page of batches", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/BatchPage"), examples = @ExampleObject(name = "page", ref = "#/components/examples/BatchPage")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> list(@Parameter(hidden = true) HttpRequest<?> request) {
        return replies.other(batches.page(RequestParameters.batches(request)));
    }

    @Get("/{id}")
    @Operation(operationId = "showBatch", summary = "Show a batch", description = """
            How many operations have come how far, the first 20 that failed, and up to 20 that run now, as jobs. A \
            batch that was just submitted is waited for, as a job is.""")
    @Parameter(name = "position", in = ParameterIn.QUERY, ref = "#/components/parameters/Position")
    @Parameter(name = "Leat-Position", in = ParameterIn.HEADER, ref = "#/components/parameters/PositionHeader")
    @ApiResponse(responseCode = "200", description = "The batch", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Batch"), examples = @ExampleObject(name = "running", ref = "#/components/examples/BatchRunning")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such batch", ref = "#/components/responses/UnknownBatch")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> show(@Parameter(ref = "#/components/parameters/BatchId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        BatchId batch = RequestParameters.batchId(id);
        ProjectorAnswer answer = batches.batch(batch, RequestParameters.position(request));
        return answer.isFound()
                ? HttpResponse.ok(replies.batch(answer, batches.running(batch)))
                : replies.other(answer);
    }

    @Get("/{id}/operations")
    @Operation(operationId = "listOperations", summary = "List the operations of a batch", description = """
            In their order. What is not released yet has no job to ask for.""")
    @Parameter(name = "status", in = ParameterIn.QUERY, ref = "#/components/parameters/OperationStatus")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "#/components/parameters/Limit")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "#/components/parameters/Cursor")
    @ApiResponse(responseCode = "200", description = "One page of operations", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/OperationPage"), examples = @ExampleObject(name = "page", ref = "#/components/examples/OperationPage")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such batch", ref = "#/components/responses/UnknownBatch")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> operations(@Parameter(ref = "#/components/parameters/BatchId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        return replies
                .other(batches.operations(RequestParameters.batchId(id), RequestParameters.operations(request)));
    }

    @Delete("/{id}")
    @Operation(operationId = "cancelBatch", summary = "Cancel a batch", description = """
            Nothing more is released, and what has been is asked to end, as single jobs are. To ask twice changes \
            nothing.""")
    @ApiResponse(responseCode = "202", description = "It is asked for", ref = "#/components/responses/BatchAsked")
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such batch", ref = "#/components/responses/UnknownBatch")
    @ApiResponse(responseCode = "409", description = "The batch has ended", ref = "#/components/responses/BatchFinished")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotAsk")
    HttpResponse<?> cancel(@Parameter(ref = "#/components/parameters/BatchId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        BatchId batch = RequestParameters.batchId(id);
        ProjectorAnswer answer = batches.batch(batch, RequestParameters.position(request));
        if (!answer.isFound()) {
            return replies.other(answer);
        }
        Map<String, Json> view = replies.members(answer);
        if (view.containsKey("finishedAt")) {
            throw ApiProblems.batchAlreadyFinished(batch, text(view, "status"));
        }
        return asked(view, submitter.cancel(batch));
    }

    @Post("/{id}/rollback")
    @Consumes(MediaType.ALL)
    @Operation(operationId = "rollBackBatch", summary = "Take a batch back", description = """
            Cancels what has not ended. Then, for each completed operation whose job type declares how, a job takes it \
            back: the operation that completed last first, and each when the one before has ended. To ask twice changes \
            nothing.""")
    @ApiResponse(responseCode = "202", description = "It is asked for", ref = "#/components/responses/BatchAsked")
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such batch", ref = "#/components/responses/UnknownBatch")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotAsk")
    HttpResponse<?> rollBack(@Parameter(ref = "#/components/parameters/BatchId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        BatchId batch = RequestParameters.batchId(id);
        ProjectorAnswer answer = batches.batch(batch, RequestParameters.position(request));
        return answer.isFound() ? asked(replies.members(answer), submitter.rollBack(batch)) : replies.other(answer);
    }

    private static MutableHttpResponse<?> asked(Map<String, Json> view, CommandPosition position) {
        return HttpResponse.accepted()
                .header(HttpHeaders.RETRY_AFTER, ProjectorReplies.RETRY_AFTER)
                .header(RequestParameters.POSITION_HEADER, position.toString())
                .body(view);
    }

    private static String text(Map<String, Json> view, String member) {
        return Optional.ofNullable(view.get(member)).map(json -> json.value().replace("\"", "")).orElse("");
    }
}
