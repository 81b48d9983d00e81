package dev.leat.submit.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.Json;
import dev.leat.domain.batch.BatchTemplate;
import dev.leat.runtime.http.NameCursor;
import dev.leat.submit.http.RequestParameters.NamePage;
import dev.leat.submit.template.BatchTemplates;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Batches with gaps that are kept under a name. Each request has a virtual thread of its own. */
@Controller(ApiPaths.ROOT + "/batch-templates")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Batches")
final class BatchTemplatesController {

    private final BatchTemplates templates;

    BatchTemplatesController(BatchTemplates templates) {
        this.templates = templates;
    }

    /** A template as the API shows it. */
    record TemplateView(String name, Instant updatedAt, Json template) {

        static TemplateView of(BatchTemplate template) {
            return new TemplateView(template.name(), template.updatedAt(), template.content());
        }
    }

    /** One page of them. */
    record TemplatesView(List<TemplateView> templates, Optional<String> nextCursor) {}

    @Get
    @Operation(operationId = "listBatchTemplates", summary = "List batch templates", description = """
            By name. A page that has more behind it comes with a nextCursor.""")
    @Parameter(name = "limit", in = ParameterIn.QUERY, ref = "#/components/parameters/Limit")
    @Parameter(name = "cursor", in = ParameterIn.QUERY, ref = "#/components/parameters/Cursor")
    @ApiResponse(responseCode = "200", description = "One page of templates", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/BatchTemplates"), examples = @ExampleObject(name = "templates", ref = "#/components/examples/BatchTemplates")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    TemplatesView list(@Parameter(hidden = true) HttpRequest<?> request) {
        NamePage page = RequestParameters.namePage(request);
        List<BatchTemplate> found = templates.page(page.after(), page.limit() + 1);
        return new TemplatesView(found.stream().limit(page.limit()).map(TemplateView::of).toList(),
                found.size() > page.limit()
                        ? Optional.of(NameCursor.of(found.get(page.limit() - 1).name()))
                        : Optional.empty());
    }

    @Get("/{name}")
    @Operation(operationId = "showBatchTemplate", summary = "Show a batch template")
    @ApiResponse(responseCode = "200", description = "The template", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/BatchTemplate"), examples = @ExampleObject(name = "template", ref = "#/components/examples/BatchTemplate")))
    @ApiResponse(responseCode = "404", description = "There is no such template", ref = "#/components/responses/UnknownTemplate")
    TemplateView show(@Parameter(ref = "#/components/parameters/TemplateName") String name) {
        return TemplateView.of(templates.show(name));
    }

    @Put("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putBatchTemplate", summary = "Keep a batch template", description = """
            In the place of one that has the name. Texts of the batch may hold placeholders, `${name}`, of declared \
            parameters: a text that is one alone becomes the value, with its type; within a longer text it is written \
            out. The batch itself is checked when it is run.""")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/PutBatchTemplate"), examples = @ExampleObject(name = "template", ref = "#/components/examples/PutBatchTemplate")))
    @ApiResponse(responseCode = "200", description = "The template is kept", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/BatchTemplate"), examples = @ExampleObject(name = "template", ref = "#/components/examples/BatchTemplate")))
    @ApiResponse(responseCode = "400", description = "It is no template", ref = "#/components/responses/BadBody")
    @ApiResponse(responseCode = "413", description = "The body is too large", ref = "#/components/responses/TooLarge")
    @ApiResponse(responseCode = "415", description = "The body is not JSON by its content type", ref = "#/components/responses/NotJson")
    @ApiResponse(responseCode = "503", description = "Kafka or the schema registry is away", ref = "#/components/responses/CannotAsk")
    TemplateView put(@Parameter(ref = "#/components/parameters/TemplateName") String name, @Body byte[] body) {
        return TemplateView.of(templates.put(name, body));
    }

    @Delete("/{name}")
    @Operation(operationId = "deleteBatchTemplate", summary = "Delete a batch template")
    @ApiResponse(responseCode = "202", description = "It is gone, or will be in a moment", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/BatchTemplate"), examples = @ExampleObject(name = "template", ref = "#/components/examples/BatchTemplate")))
    @ApiResponse(responseCode = "404", description = "There is no such template", ref = "#/components/responses/UnknownTemplate")
    @ApiResponse(responseCode = "503", description = "Kafka is away", ref = "#/components/responses/CannotAsk")
    HttpResponse<?> delete(@Parameter(ref = "#/components/parameters/TemplateName") String name) {
        BatchTemplate template = templates.show(name);
        templates.delete(name);
        return HttpResponse.accepted().body(TemplateView.of(template));
    }

    @Post("/{name}/run")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "runBatchTemplate", summary = "Run a batch template", description = """
            Fills the gaps of the template and submits the batch, as if it had been sent. To be sure of a template that \
            was just kept, send the run to the same instance or wait a moment.""")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/RunBatchTemplate"), examples = @ExampleObject(name = "params", ref = "#/components/examples/RunBatchTemplate")))
    @ApiResponse(responseCode = "202", description = "All operations are in the log", ref = "#/components/responses/BatchAccepted")
    @ApiResponse(responseCode = "400", description = "The params do not fit", ref = "#/components/responses/BadBody")
    @ApiResponse(responseCode = "404", description = "There is no such template", ref = "#/components/responses/UnknownTemplate")
    @ApiResponse(responseCode = "413", description = "The batch is too large", ref = "#/components/responses/TooLarge")
    @ApiResponse(responseCode = "415", description = "The body is not JSON by its content type", ref = "#/components/responses/NotJson")
    @ApiResponse(responseCode = "422", description = "Something is wrong with operations", ref = "#/components/responses/InvalidBatch")
    @ApiResponse(responseCode = "429", description = "Too many jobs of a plugin wait", ref = "#/components/responses/PluginQueueFull")
    @ApiResponse(responseCode = "500", description = "A plugin announced a schema of no use", ref = "#/components/responses/UnusableJobType")
    @ApiResponse(responseCode = "503", description = "Kafka or the schema registry is away, or too much waits", ref = "#/components/responses/CannotOpen")
    HttpResponse<?> run(@Parameter(ref = "#/components/parameters/TemplateName") String name, @Body byte[] body) {
        return BatchesController.accepted(templates.run(name, body));
    }
}
