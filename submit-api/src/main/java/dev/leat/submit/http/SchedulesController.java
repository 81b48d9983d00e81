package dev.leat.submit.http;

import java.util.Optional;

import dev.leat.domain.schedule.ScheduleId;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.schedule.ScheduleBodyReader;
import dev.leat.submit.schedule.ScheduleChanges;
import dev.leat.submit.schedule.ScheduleChanges.Changed;
import dev.leat.submit.schedule.ScheduleReads;
import dev.leat.submit.schedule.WantedSchedule;
import dev.leat.submit.status.ProjectorAnswer;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Make, show, change and delete schedules. Each request has a virtual thread of its own. */
@Controller(ApiPaths.SCHEDULES)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Schedules")
final class SchedulesController {

    private final ScheduleBodyReader reader;
    private final ScheduleChanges changes;
    private final ScheduleReads schedules;
    private final ProjectorReplies replies;

    SchedulesController(ScheduleBodyReader reader, ScheduleChanges changes, ScheduleReads schedules,
            ProjectorReplies replies) {
        this.reader = reader;
        this.changes = changes;
        this.schedules = schedules;
        this.replies = replies;
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createSchedule", summary = "Make a schedule", description = """
            A schedule submits a job each time that it is due: by a cron expression on the clocks of a time zone, or at \
            an interval. Each due time is fired once, whatever fails: the id of its job follows from the schedule and \
            the time. Without an id one is drawn. Answered when a projector has read the schedule.""")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/WantedSchedule"), examples = {
            @ExampleObject(name = "byCron", ref = "#/components/examples/ScheduleByCron"),
            @ExampleObject(name = "byInterval", ref = "#/components/examples/ScheduleByInterval")}))
    @ApiResponse(responseCode = "201", description = "The schedule", headers = {
            @Header(name = "Location", ref = "#/components/headers/Location"),
            @Header(name = "ETag", ref = "#/components/headers/ScheduleTag")}, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Schedule"), examples = @ExampleObject(name = "schedule", ref = "#/components/examples/Schedule")))
    @ApiResponse(responseCode = "400", description = "The body or a parameter is not of the documented form", ref = "#/components/responses/BadBody")
    @ApiResponse(responseCode = "404", description = "No plugin offers the job type", ref = "#/components/responses/UnknownJobType")
    @ApiResponse(responseCode = "409", description = "There is a schedule of this id", ref = "#/components/responses/ScheduleExists")
    @ApiResponse(responseCode = "413", description = "The body is too large", ref = "#/components/responses/TooLarge")
    @ApiResponse(responseCode = "415", description = "The body is not JSON by its content type", ref = "#/components/responses/NotJson")
    @ApiResponse(responseCode = "422", description = "The params are not valid for the job type", ref = "#/components/responses/InvalidParams")
    @ApiResponse(responseCode = "500", description = "The plugin announced a schema of no use", ref = "#/components/responses/UnusableJobType")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotChangeSchedule")
    HttpResponse<?> create(@Body byte[] body) {
        return changed(changes.create(reader.read(body)));
    }

    @Get
    @Operation(operationId = "listSchedules", summary = "List schedules", description = """
            By id. A page that has more behind it comes with a nextCursor.""")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "#/components/parameters/Limit")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "#/components/parameters/Cursor")
    @ApiResponse(responseCode = "200", description = "One page of schedules", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Schedules"), examples = @ExampleObject(name = "schedules", ref = "#/components/examples/Schedules")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> list(@Parameter(hidden = true) HttpRequest<?> request) {
        return replies.other(schedules.page(RequestParameters.page(request)));
    }

    @Get("/{id}")
    @Operation(operationId = "showSchedule", summary = "Show a schedule", description = """
            With its next firings and what became of the last ones.""")
    @ApiResponse(responseCode = "200", description = "The schedule", headers = @Header(name = "ETag", ref = "#/components/headers/ScheduleTag"), content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Schedule"), examples = @ExampleObject(name = "schedule", ref = "#/components/examples/Schedule")))
    @ApiResponse(responseCode = "400", description = "The id is none", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such schedule", ref = "#/components/responses/UnknownSchedule")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> show(@Parameter(ref = "#/components/parameters/ScheduleId") String id) {
        ProjectorAnswer answer = schedules.schedule(scheduleId(id));
        return answer.isFound() ? tagged(answer, schedules.versionOf(answer)) : replies.other(answer);
    }

    @Put("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putSchedule", summary = "Replace or make a schedule", description = """
            Puts the schedule in the place of the one of this id, or makes it. What was due before is decided as it was \
            wanted then. A new cadence counts from the change on; a schedule whose cadence stays goes on where it is. \
            With If-Match only where it is in that version.""")
    @Parameter(name = "If-Match", in = ParameterIn.HEADER, ref = "#/components/parameters/IfMatch")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/WantedSchedule"), examples = {
            @ExampleObject(name = "byCron", ref = "#/components/examples/ScheduleByCron"),
            @ExampleObject(name = "byInterval", ref = "#/components/examples/ScheduleByInterval")}))
    @ApiResponse(responseCode = "200", description = "The schedule, which has been replaced", headers = @Header(name = "ETag", ref = "#/components/headers/ScheduleTag"), content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Schedule"), examples = @ExampleObject(name = "schedule", ref = "#/components/examples/Schedule")))
    @ApiResponse(responseCode = "201", description = "The schedule, which is new", headers = {
            @Header(name = "Location", ref = "#/components/headers/Location"),
            @Header(name = "ETag", ref = "#/components/headers/ScheduleTag")}, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Schedule"), examples = @ExampleObject(name = "schedule", ref = "#/components/examples/Schedule")))
    @ApiResponse(responseCode = "400", description = "The body or a parameter is not of the documented form", ref = "#/components/responses/BadBody")
    @ApiResponse(responseCode = "404", description = "No plugin offers the job type", ref = "#/components/responses/UnknownJobType")
    @ApiResponse(responseCode = "409", description = "Somebody else has changed the schedule at the same time", ref = "#/components/responses/ScheduleChanged")
    @ApiResponse(responseCode = "412", description = "The schedule is in another version", ref = "#/components/responses/OtherVersion")
    @ApiResponse(responseCode = "413", description = "The body is too large", ref = "#/components/responses/TooLarge")
    @ApiResponse(responseCode = "415", description = "The body is not JSON by its content type", ref = "#/components/responses/NotJson")
    @ApiResponse(responseCode = "422", description = "The params are not valid for the job type", ref = "#/components/responses/InvalidParams")
    @ApiResponse(responseCode = "500", description = "The plugin announced a schema of no use", ref = "#/components/responses/UnusableJobType")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotChangeSchedule")
    HttpResponse<?> put(@Parameter(ref = "#/components/parameters/ScheduleId") String id,
            @Body byte[] body, @Parameter(hidden = true) HttpRequest<?> request) {
        ScheduleId named = scheduleId(id);
        WantedSchedule wanted = reader.read(body);
        if (wanted.id().filter(other -> !other.equals(named)).isPresent()) {
            throw ApiProblems.invalidParameter("id", "Expected no other id in the body than in the path, but got "
                    + wanted.id().get() + " and " + named);
        }
        return changed(changes.put(named, wanted, ifMatch(request)));
    }

    @Delete("/{id}")
    @Operation(operationId = "deleteSchedule", summary = "Delete a schedule", description = """
            It fires no more. The jobs that it has submitted go on.""")
    @Parameter(name = "If-Match", in = ParameterIn.HEADER, ref = "#/components/parameters/IfMatch")
    @ApiResponse(responseCode = "204", description = "There is no such schedule any more")
    @ApiResponse(responseCode = "400", description = "The id is none", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such schedule", ref = "#/components/responses/UnknownSchedule")
    @ApiResponse(responseCode = "412", description = "The schedule is in another version", ref = "#/components/responses/OtherVersion")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotChangeSchedule")
    HttpResponse<?> delete(@Parameter(ref = "#/components/parameters/ScheduleId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        changes.delete(scheduleId(id), ifMatch(request));
        return HttpResponse.noContent();
    }

    @Post("/{id}/pause")
    @Operation(operationId = "pauseSchedule", summary = "Pause a schedule", description = """
            Nothing that is due while it is paused is fired, then or later. What waits for an earlier job is left out.""")
    @Parameter(name = "If-Match", in = ParameterIn.HEADER, ref = "#/components/parameters/IfMatch")
    @ApiResponse(responseCode = "200", description = "The schedule as it is now", headers = @Header(name = "ETag", ref = "#/components/headers/ScheduleTag"), content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Schedule"), examples = @ExampleObject(name = "schedule", ref = "#/components/examples/Schedule")))
    @ApiResponse(responseCode = "400", description = "The id is none", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such schedule", ref = "#/components/responses/UnknownSchedule")
    @ApiResponse(responseCode = "409", description = "Somebody else has changed the schedule at the same time", ref = "#/components/responses/ScheduleChanged")
    @ApiResponse(responseCode = "412", description = "The schedule is in another version", ref = "#/components/responses/OtherVersion")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotChangeSchedule")
    HttpResponse<?> pause(@Parameter(ref = "#/components/parameters/ScheduleId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        return changed(changes.pause(scheduleId(id), true, ifMatch(request)));
    }

    @Post("/{id}/resume")
    @Operation(operationId = "resumeSchedule", summary = "Let a schedule go on", description = """
            It fires from the next due time on.""")
    @Parameter(name = "If-Match", in = ParameterIn.HEADER, ref = "#/components/parameters/IfMatch")
    @ApiResponse(responseCode = "200", description = "The schedule as it is now", headers = @Header(name = "ETag", ref = "#/components/headers/ScheduleTag"), content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Schedule"), examples = @ExampleObject(name = "schedule", ref = "#/components/examples/Schedule")))
    @ApiResponse(responseCode = "400", description = "The id is none", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such schedule", ref = "#/components/responses/UnknownSchedule")
    @ApiResponse(responseCode = "409", description = "Somebody else has changed the schedule at the same time", ref = "#/components/responses/ScheduleChanged")
    @ApiResponse(responseCode = "412", description = "The schedule is in another version", ref = "#/components/responses/OtherVersion")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotChangeSchedule")
    HttpResponse<?> resume(@Parameter(ref = "#/components/parameters/ScheduleId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        return changed(changes.pause(scheduleId(id), false, ifMatch(request)));
    }

    @Post("/{id}/trigger")
    @Operation(operationId = "triggerSchedule", summary = "Fire a schedule now", description = """
            Once, beside its cadence, also where it is paused. Its overlap policy holds.""")
    @Parameter(name = "If-Match", in = ParameterIn.HEADER, ref = "#/components/parameters/IfMatch")
    @ApiResponse(responseCode = "200", description = "The schedule as it is now", headers = @Header(name = "ETag", ref = "#/components/headers/ScheduleTag"), content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Schedule"), examples = @ExampleObject(name = "schedule", ref = "#/components/examples/Schedule")))
    @ApiResponse(responseCode = "400", description = "The id is none", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "404", description = "There is no such schedule", ref = "#/components/responses/UnknownSchedule")
    @ApiResponse(responseCode = "409", description = "Somebody else has changed the schedule at the same time", ref = "#/components/responses/ScheduleChanged")
    @ApiResponse(responseCode = "412", description = "The schedule is in another version", ref = "#/components/responses/OtherVersion")
    @ApiResponse(responseCode = "503", description = "Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotChangeSchedule")
    HttpResponse<?> trigger(@Parameter(ref = "#/components/parameters/ScheduleId") String id,
            @Parameter(hidden = true) HttpRequest<?> request) {
        return changed(changes.trigger(scheduleId(id), ifMatch(request)));
    }

    private static ScheduleId scheduleId(String id) {
        try {
            return new ScheduleId(id);
        } catch (IllegalArgumentException e) {
            throw ApiProblems.invalidParameter("id", String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> ifMatch(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeaders.IF_MATCH));
    }

    private HttpResponse<?> changed(Changed changed) {
        if (!changed.schedule().isFound()) {
            return replies.other(changed.schedule());
        }
        MutableHttpResponse<?> response = tagged(changed.schedule(), changed.version());
        return changed.created()
                ? response.status(HttpStatus.CREATED)
                        .header(HttpHeaders.LOCATION, ApiPaths.SCHEDULES + "/" + changed.id())
                : response;
    }

    private static MutableHttpResponse<?> tagged(ProjectorAnswer answer, long version) {
        return HttpResponse.ok(answer.body())
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.ETAG, ScheduleChanges.tag(version));
    }
}
