package dev.leat.submit.http;

import java.util.List;
import java.util.Optional;

import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.catalog.JobTypeCatalog;
import dev.leat.submit.catalog.WorkerRegister;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What can be submitted. Answers from memory. */
@Controller(ApiPaths.ROOT + "/job-types")
@Tag(name = "Job types")
final class JobTypesController {

    private final JobTypeCatalog catalog;
    private final WorkerRegister workers;

    /**
     * A job type as the API shows it.
     *
     * @param policy how its jobs are tried and kept, where a submission says nothing else
     * @param workers how many live workers host it
     * @param compensatedBy the type whose jobs take back completed ones of it
     */
    record JobTypeView(JobTypeName type, String plugin, String description, Lane defaultPriority, JobPolicy policy,
            int workers, Json params, Json result, Optional<JobTypeName> compensatedBy) {}

    /** All of them. */
    record JobTypesView(List<JobTypeView> jobTypes) {}

    JobTypesController(JobTypeCatalog catalog, WorkerRegister workers) {
        this.catalog = catalog;
        this.workers = workers;
    }

    @Get
    @Operation(operationId = "listJobTypes", summary = "List job types", description = """
            All job types that plugins offer, by name, with the JSON Schemas of their params and results. One that no \
            live worker hosts can be submitted: the job waits until one does.""")
    @ApiResponse(responseCode = "200", description = "The job types", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/JobTypes"), examples = @ExampleObject(name = "jobTypes", ref = "#/components/examples/JobTypes")))
    JobTypesView list() {
        return new JobTypesView(catalog.all().stream().map(this::view).toList());
    }

    @Get("/{type}")
    @Operation(operationId = "showJobType", summary = "Show a job type")
    @ApiResponse(responseCode = "200", description = "The job type", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/JobType"), examples = @ExampleObject(name = "jobType", ref = "#/components/examples/JobType")))
    @ApiResponse(responseCode = "404", description = "No plugin offers the job type", ref = "#/components/responses/UnknownJobType")
    JobTypeView show(@Parameter(ref = "#/components/parameters/JobType") String type) {
        return catalog.find(type)
                .map(this::view)
                .orElseThrow(() -> ApiProblems.unknownJobType(type, catalog.nearest(type)));
    }

    private JobTypeView view(JobTypeDescriptor jobType) {
        String plugin = jobType.type().plugin();
        return new JobTypeView(jobType.type(), plugin, jobType.description(), jobType.defaultLane(),
                jobType.policy(), workers.hosting(plugin), jobType.inputSchema(), jobType.resultSchema(),
                jobType.compensatedBy());
    }
}
