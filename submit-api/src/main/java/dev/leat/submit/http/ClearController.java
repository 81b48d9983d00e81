package dev.leat.submit.http;

import dev.leat.submit.submission.JobClearer;
import dev.leat.submit.submission.JobClearer.Cleared;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
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

/** Clear away jobs that have ended. Each request has a virtual thread of its own. */
@Controller(ApiPaths.JOBS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Jobs")
final class ClearController {

    private final JobClearer clearer;

    ClearController(JobClearer clearer) {
        this.clearer = clearer;
    }

    @Delete
    @Operation(operationId = "clearJobs", summary = "Clear jobs that have ended", description = """
            Has the jobs of a final status forgotten, with their results and keys, before their retention is over. They \
            are gone from lists within moments of the answer, those that ended before they were queued within about a \
            minute.

            One call clears up to about 100,000 jobs and works for up to about 20 s, the newest jobs first. Where \
            `more` is true there are, or may be, others: send the same again.""")
    @Parameter(name = "status", in = ParameterIn.QUERY, ref = "#/components/parameters/FinalStatus")
    @Parameter(name = "plugin", in = ParameterIn.QUERY, ref = "#/components/parameters/Plugin")
    @Parameter(name = "type", in = ParameterIn.QUERY, ref = "#/components/parameters/Type")
    @Parameter(name = "tag", in = ParameterIn.QUERY, ref = "#/components/parameters/Tag")
    @ApiResponse(responseCode = "200", description = "How many jobs were cleared", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Cleared"), examples = @ExampleObject(name = "cleared", ref = "#/components/examples/Cleared")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "503", description = "Nothing is known to be done: Kafka, the schema registry or the projectors are away", ref = "#/components/responses/CannotClear")
    Cleared clear(@Parameter(hidden = true) HttpRequest<?> request) {
        return clearer.clear(RequestParameters.clearing(request));
    }
}
