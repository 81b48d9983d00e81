package dev.leat.submit.http;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.limit.PluginSettings;
import dev.leat.domain.limit.PluginUse;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.capacity.LaneDepths;
import dev.leat.submit.capacity.QueueDepths;
import dev.leat.submit.catalog.JobTypeCatalog;
import dev.leat.submit.catalog.WorkerRegister;
import dev.leat.submit.plugin.LimitsReader;
import dev.leat.submit.plugin.PluginControl;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The plugins, and what operators say about them. */
@Controller(ApiPaths.ROOT + "/plugins")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Plugins")
final class PluginsController {

    private final JobTypeCatalog catalog;
    private final WorkerRegister workers;
    private final PluginControl control;
    private final LimitsReader reader;
    private final QueueDepths queues;

    /**
     * A plugin.
     *
     * @param paused whether its jobs are left where they are
     * @param running how many of its jobs the live workers run
     * @param workers how many live workers host it
     * @param lanes how full each lane is, most urgent first; empty where no projector says
     */
    record PluginView(String id, List<JobTypeName> jobTypes, boolean paused, LimitsReader.Limits limits, int running,
            int workers, Optional<Map<String, LaneDepths.Depth>> lanes) {}

    /** All of them. */
    record PluginsView(List<PluginView> plugins) {}

    PluginsController(JobTypeCatalog catalog, WorkerRegister workers, PluginControl control, LimitsReader reader,
            QueueDepths queues) {
        this.catalog = catalog;
        this.workers = workers;
        this.control = control;
        this.reader = reader;
        this.queues = queues;
    }

    @Get
    @Operation(operationId = "listPlugins", summary = "List the plugins", description = "Those that workers have announced, with their job types, limits, how much of them runs and how full their lanes are, as of about a second ago.")
    @ApiResponse(responseCode = "200", description = "The plugins, in the order of their ids", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Plugins"), examples = @ExampleObject(name = "plugins", ref = "#/components/examples/Plugins")))
    @ApiResponse(responseCode = "503", description = "The plugins are not known yet", ref = "#/components/responses/JobTypesNotLoaded")
    PluginsView list() {
        return new PluginsView(catalog().stream()
                .map(jobType -> jobType.type().plugin())
                .distinct()
                .map(plugin -> view(plugin, control.of(plugin)))
                .toList());
    }

    @Get("/{plugin}")
    @Operation(operationId = "showPlugin", summary = "Show a plugin", description = "Its job types, limits, how much of it runs and how full its lanes are, as of about a second ago.")
    @ApiResponse(responseCode = "200", description = "The plugin", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Plugin"), examples = @ExampleObject(name = "plugin", ref = "#/components/examples/Plugin")))
    @ApiResponse(responseCode = "404", description = "No worker has announced it", ref = "#/components/responses/UnknownPlugin")
    @ApiResponse(responseCode = "503", description = "The plugins are not known yet", ref = "#/components/responses/JobTypesNotLoaded")
    PluginView show(@Parameter(ref = "#/components/parameters/PluginIdInPath") String plugin) {
        requireKnown(plugin);
        return view(plugin, control.of(plugin));
    }

    @Post("/{plugin}/pause")
    @Consumes(MediaType.ALL)
    @Operation(operationId = "pausePlugin", summary = "Pause a plugin", description = """
            Within a second no worker starts another of its jobs. Those that run go on; those that are submitted wait. \
            Does no harm where it is paused already.""")
    @ApiResponse(responseCode = "200", description = "It is paused", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Plugin"), examples = @ExampleObject(name = "plugin", ref = "#/components/examples/Plugin")))
    @ApiResponse(responseCode = "404", description = "No worker has announced it", ref = "#/components/responses/UnknownPlugin")
    @ApiResponse(responseCode = "503", description = "Kafka or the schema registry is away", ref = "#/components/responses/CannotSet")
    PluginView pause(@Parameter(ref = "#/components/parameters/PluginIdInPath") String plugin) {
        requireKnown(plugin);
        return view(plugin, control.pause(plugin, true));
    }

    @Post("/{plugin}/resume")
    @Consumes(MediaType.ALL)
    @Operation(operationId = "resumePlugin", summary = "Resume a plugin", description = """
            Within a second workers start its jobs again. Does no harm where it is not paused.""")
    @ApiResponse(responseCode = "200", description = "It is not paused", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Plugin"), examples = @ExampleObject(name = "plugin", ref = "#/components/examples/Plugin")))
    @ApiResponse(responseCode = "404", description = "No worker has announced it", ref = "#/components/responses/UnknownPlugin")
    @ApiResponse(responseCode = "503", description = "Kafka or the schema registry is away", ref = "#/components/responses/CannotSet")
    PluginView resume(@Parameter(ref = "#/components/parameters/PluginIdInPath") String plugin) {
        requireKnown(plugin);
        return view(plugin, control.pause(plugin, false));
    }

    @Put("/{plugin}/limits")
    @Operation(operationId = "limitPlugin", summary = "Limit a plugin", description = """
            Over all workers. A limit that is left out is taken away. What runs goes on: with a lower limit \
            nothing starts until enough has ended.""")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Limits"), examples = @ExampleObject(name = "limits", ref = "#/components/examples/Limits")))
    @ApiResponse(responseCode = "200", description = "The limits hold", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Plugin"), examples = @ExampleObject(name = "plugin", ref = "#/components/examples/Plugin")))
    @ApiResponse(responseCode = "400", description = "The body is not of the documented form", ref = "#/components/responses/BadBody")
    @ApiResponse(responseCode = "404", description = "No worker has announced it", ref = "#/components/responses/UnknownPlugin")
    @ApiResponse(responseCode = "413", description = "The body is too large", ref = "#/components/responses/TooLarge")
    @ApiResponse(responseCode = "415", description = "The body is not JSON by its content type", ref = "#/components/responses/NotJson")
    @ApiResponse(responseCode = "503", description = "Kafka or the schema registry is away", ref = "#/components/responses/CannotSet")
    PluginView limit(@Parameter(ref = "#/components/parameters/PluginIdInPath") String plugin,
            @Body byte[] body) {
        requireKnown(plugin);
        LimitsReader.Limits limits = reader.read(body);
        return view(plugin, control.limit(plugin, limits.maxRunning(), limits.startsPerSecond()));
    }

    private Collection<JobTypeDescriptor> catalog() {
        if (!catalog.isLoaded()) {
            throw ApiProblems.jobTypesNotLoaded();
        }
        return catalog.all();
    }

    private void requireKnown(String plugin) {
        if (catalog().stream().noneMatch(jobType -> jobType.type().plugin().equals(plugin))) {
            throw ApiProblems.unknownPlugin(plugin);
        }
    }

    private PluginView view(String plugin, PluginSettings settings) {
        int running = workers.live()
                .stream()
                .flatMap(worker -> worker.beat().uses().stream())
                .filter(use -> use.plugin().equals(plugin))
                .mapToInt(PluginUse::running)
                .sum();
        return new PluginView(plugin,
                catalog.all().stream().map(JobTypeDescriptor::type).filter(type -> type.plugin().equals(plugin))
                        .toList(),
                settings.paused(), new LimitsReader.Limits(settings.maxRunning(), settings.startsPerSecond()), running,
                workers.hosting(plugin), queues.lanes().map(lanes -> lanes.of(plugin)));
    }
}
