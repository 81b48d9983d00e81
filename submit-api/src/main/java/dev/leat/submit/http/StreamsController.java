package dev.leat.submit.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.leat.domain.JobId;
import dev.leat.domain.Json;
import dev.leat.domain.batch.BatchId;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.live.EventStreams;
import dev.leat.submit.live.EventStreams.Begun;
import dev.leat.submit.live.LogPosition;
import dev.leat.submit.status.BatchReads;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.ProjectorAnswer;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What happens to jobs, as it happens. Each stream has a virtual thread of its own. */
@Controller(ApiPaths.ROOT)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_EVENT_STREAM)
@Tag(name = "Streams")
final class StreamsController {

    private static final Set<String> OF_JOB = Set.of("position", "lastEventId");

    private final EventStreams streams;
    private final JobReads jobs;
    private final BatchReads batches;
    private final ProjectorReplies replies;

    StreamsController(EventStreams streams, JobReads jobs, BatchReads batches, ProjectorReplies replies) {
        this.streams = streams;
        this.jobs = jobs;
        this.batches = batches;
        this.replies = replies;
    }

    @Get("/jobs/{id}/progress")
    @Operation(operationId = "watchJob", summary = "Watch a job", description = """
            Server-sent events: `state` with the job as it is, then `status`, `progress` and `log` as they happen, and at \
            the end one of `complete`, `failed`, `cancelled`, `timed_out`, `expired` and `rejected`, with which the stream \
            ends. Each event has an id; with the last one (header `Last-Event-ID`, which browsers send by themselves, or \
            the query) another request goes on from there, here or at another API, without loss or repetition, and is \
            answered with 204 where the end has been told. After an absence that is too long to be read again it begins \
            with `state`. A client that reads too slowly gets `cut`, and goes on by its last id.""")
    @Parameter(name = "lastEventId", in = ParameterIn.QUERY, ref = "#/components/parameters/LastEventId")
    @Parameter(name = "Last-Event-ID", in = ParameterIn.HEADER, ref = "#/components/parameters/LastEventIdHeader")
    @Parameter(name = "position", in = ParameterIn.QUERY, ref = "#/components/parameters/Position")
    @Parameter(name = "Leat-Position", in = ParameterIn.HEADER, ref = "#/components/parameters/PositionHeader")
    @ApiResponse(responseCode = "200", description = "The events", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(ref = "#/components/schemas/EventStream"), examples = @ExampleObject(name = "job", ref = "#/components/examples/JobStream")))
    @ApiResponse(responseCode = "204", description = "The end has been told")
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such job", ref = "#/components/responses/UnknownJob")
    @ApiResponse(responseCode = "503", description = "Kafka or the projectors are away", ref = "#/components/responses/StreamUnavailable")
    HttpResponse<?> job(@Parameter(ref = "#/components/parameters/JobId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        RequestParameters.only(OF_JOB, request);
        JobId job = RequestParameters.jobId(id);
        Optional<LogPosition> since = RequestParameters.lastEventId(request);
        if (RequestParameters.position(request).isPresent()) {
            jobs.job(job, moment(request));
        }
        return begin(request, () -> {
            Begun begun = streams.job(job, since);
            if (begun instanceof Begun.Missing) {
                ProjectorAnswer answer = jobs.job(job, moment(request));
                if (!answer.isFound()) {
                    return replies.other(answer);
                }
                begun = streams.job(job, since);
            }
            return response(begun);
        });
    }

    @Get("/batches/{id}/progress")
    @Operation(operationId = "watchBatch", summary = "Watch a batch", description = """
            Server-sent events: `state` with the batch as it is, then `operation` for each thing that happens to one of its \
            operations, `progress` with the batch, at most four times a second, and at the end `complete`, `failed`, \
            `cancelled`, `rolled_back` or `rollback_failed` with the batch, with which the stream ends. Ids, 204 and `cut` \
            as with a job.""")
    @Parameter(name = "lastEventId", in = ParameterIn.QUERY, ref = "#/components/parameters/LastEventId")
    @Parameter(name = "Last-Event-ID", in = ParameterIn.HEADER, ref = "#/components/parameters/LastEventIdHeader")
    @Parameter(name = "position", in = ParameterIn.QUERY, ref = "#/components/parameters/Position")
    @Parameter(name = "Leat-Position", in = ParameterIn.HEADER, ref = "#/components/parameters/PositionHeader")
    @ApiResponse(responseCode = "200", description = "The events", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(ref = "#/components/schemas/EventStream"), examples = @ExampleObject(name = "batch", ref = "#/components/examples/BatchStream")))
    @ApiResponse(responseCode = "204", description = "The end has been told")
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such batch", ref = "#/components/responses/UnknownBatch")
    @ApiResponse(responseCode = "503", description = "Kafka or the projectors are away", ref = "#/components/responses/StreamUnavailable")
    HttpResponse<?> batch(@Parameter(ref = "#/components/parameters/BatchId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        RequestParameters.only(OF_JOB, request);
        BatchId batch = RequestParameters.batchId(id);
        Optional<LogPosition> since = RequestParameters.lastEventId(request);
        return begin(request, () -> {
            ProjectorAnswer answer = batches.batch(batch, RequestParameters.position(request));
            return answer.isFound() ? response(streams.batch(batch, () -> show(batch), since)) : replies.other(answer);
        });
    }

    private Optional<Map<String, Json>> show(BatchId batch) {
        ProjectorAnswer answer = batches.batch(batch, Optional.empty());
        return answer.isFound() ? Optional.of(replies.batch(answer, batches.running(batch))) : Optional.empty();
    }

    @Get("/events")
    @Operation(operationId = "watchAll", summary = "Watch all jobs", description = """
            Server-sent events of all jobs that match the filters: the same as of one job, without `state`, and `status` \
            with the state `queued` or `scheduled` when a job is there. Begins with what comes next, and has no end. After \
            an absence that is too long to be read again it begins with `reset`: ask for the jobs anew then.""")
    @Parameter(name = "plugin", in = ParameterIn.QUERY, ref = "#/components/parameters/Plugin")
    @Parameter(name = "type", in = ParameterIn.QUERY, ref = "#/components/parameters/Type")
    @Parameter(name = "tag", in = ParameterIn.QUERY, ref = "#/components/parameters/Tag")
    @Parameter(name = "status", in = ParameterIn.QUERY, ref = "#/components/parameters/StreamStatus")
    @Parameter(name = "logs", in = ParameterIn.QUERY, ref = "#/components/parameters/Logs")
    @Parameter(name = "lastEventId", in = ParameterIn.QUERY, ref = "#/components/parameters/LastEventId")
    @Parameter(name = "Last-Event-ID", in = ParameterIn.HEADER, ref = "#/components/parameters/LastEventIdHeader")
    @ApiResponse(responseCode = "200", description = "The events", content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(ref = "#/components/schemas/EventStream"), examples = @ExampleObject(name = "all", ref = "#/components/examples/AllStream")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "503", description = "Kafka or the projectors are away", ref = "#/components/responses/StreamUnavailable")
    HttpResponse<?> all(@Parameter(hidden = true) HttpRequest<?> request) {
        return begin(request, () -> response(
                streams.all(RequestParameters.happenings(request), RequestParameters.lastEventId(request))));
    }

    /**
     * A browser that has lost its stream gives up for good at an answer other than a stream, and comes back when a stream
     * ends.
     */
    private HttpResponse<?> begin(HttpRequest<?> request, Supplier<HttpResponse<?>> answer) {
        boolean goesOn = request.getHeaders().contains(RequestParameters.LAST_EVENT_ID_HEADER);
        try {
            HttpResponse<?> begun = answer.get();
            return goesOn && isUnavailable(begun.code()) ? response(streams.none()) : begun;
        } catch (ProblemException e) {
            if (goesOn && isUnavailable(e.problem().status())) {
                return response(streams.none());
            }
            throw e;
        }
    }

    private static boolean isUnavailable(int status) {
        return status == HttpStatus.SERVICE_UNAVAILABLE.getCode();
    }

    private static JobReads.Moment moment(HttpRequest<?> request) {
        return new JobReads.Moment(RequestParameters.position(request), Duration.ZERO);
    }

    private static HttpResponse<?> response(Begun begun) {
        return switch (begun) {
            case Begun.Events(CloseableByteBody body) -> HttpResponse.ok(body)
                    .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header("X-Accel-Buffering", "no")
                    // Or each of thousands of streams would have a compressor of 256 kB.
                    .header(HttpHeaders.CONTENT_ENCODING, "identity");
            case Begun.Over _ -> HttpResponse.noContent();
            case Begun.Missing _ -> throw ApiProblems.statusUnavailable(Duration.ofSeconds(1));
        };
    }
}
