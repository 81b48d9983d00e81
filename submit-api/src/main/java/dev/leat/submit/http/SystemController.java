package dev.leat.submit.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginUse;
import dev.leat.submit.catalog.WorkerRegister;
import dev.leat.submit.catalog.WorkerRegister.KnownWorker;
import dev.leat.submit.status.JobStats;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorClient;
import dev.leat.submit.status.RunningJobs;
import dev.leat.submit.status.RunningJobs.RunningJob;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
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

/** The whole at a glance: counts of jobs, and the workers. */
@Controller(ApiPaths.ROOT)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "System")
final class SystemController {

    private final WorkerRegister workers;
    private final RunningJobs runningJobs;
    private final ProjectorClient projectors;
    private final JobStats stats;
    private final ProjectorReplies replies;

    /**
     * A worker.
     *
     * @param state {@code WorkerState#wireName()}
     * @param running how many jobs it ran at its last heartbeat
     * @param lostSlots how many slots are held by handlers that did not stop when they had to
     * @param uses how much of each of its plugins it ran
     * @param lease how long a heartbeat counts
     * @param sinceLastBeat how long ago its last heartbeat arrived here
     * @param jobs those that it runs; empty where no projector says
     */
    record WorkerView(WorkerId id, String state, String host, String version, Instant startedAt, List<String> plugins,
            int slots, int freeSlots, int lostSlots, int running, List<PluginUse> uses, Duration lease,
            Duration sinceLastBeat, Optional<List<RunningJob>> jobs) {}

    /** All of them. */
    record WorkersView(List<WorkerView> workers) {}

    SystemController(WorkerRegister workers, RunningJobs runningJobs, ProjectorClient projectors,
            JobStats stats, ProjectorReplies replies) {
        this.workers = workers;
        this.runningJobs = runningJobs;
        this.projectors = projectors;
        this.stats = stats;
        this.replies = replies;
    }

    @Get("/stats")
    @Operation(operationId = "showStats", summary = "Count jobs and workers", description = """
            Jobs by status, in all and by plugin, and those that have not ended by plugin and lane, as the projectors know \
            them; live workers and their slots.""")
    @ApiResponse(responseCode = "200", description = "The counts", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Stats"), examples = @ExampleObject(name = "stats", ref = "#/components/examples/Stats")))
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> stats() {
        ProjectorAnswer answer = stats.ask();
        return answer.isFound() ? HttpResponse.ok(stats.with(answer)) : replies.other(answer);
    }

    @Get("/stats/history")
    @Operation(operationId = "showHistory", summary = "Show the last hour", description = """
            In pieces of time, oldest first, with the one that has not ended: how many attempts started, how many jobs \
            completed and failed, how many were in lanes at its end, how long jobs waited for their first start and how \
            long attempts ran. Starts and ends count at the times that workers say. Jobs that have been forgotten, as \
            their retention is over or somebody has cleared them, do not count once a projector has started again.""")
    @Parameter(name = "plugin", in = ParameterIn.QUERY, ref = "#/components/parameters/Plugin")
    @Parameter(name = "bucket", in = ParameterIn.QUERY, ref = "#/components/parameters/Bucket")
    @ApiResponse(responseCode = "200", description = "The last hour", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/History"), examples = @ExampleObject(name = "history", ref = "#/components/examples/History")))
    @ApiResponse(responseCode = "400", description = "A parameter is wrong", ref = "#/components/responses/BadParameter")
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> history(@Parameter(hidden = true) HttpRequest<?> request) {
        return replies.other(projectors.get("/internal/v1/stats/history" + RequestParameters.history(request)));
    }

    @Get("/workers")
    @Operation(operationId = "listWorkers", summary = "List workers", description = """
            Those that live, which is those whose last heartbeat came less than 10 s ago, and for five minutes those that \
            have fallen silent without a goodbye. With the jobs that they run, as far as these are among the 500 that \
            were submitted last.""")
    @ApiResponse(responseCode = "200", description = "The workers, those first that started first", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Workers"), examples = @ExampleObject(name = "workers", ref = "#/components/examples/Workers")))
    WorkersView workers() {
        Optional<Map<String, List<RunningJob>>> jobs = runningJobs.byWorker();
        return new WorkersView(workers.all()
                .stream()
                .map(worker -> view(worker,
                        jobs.map(all -> all.getOrDefault(worker.beat().worker().value(), List.of()))))
                .toList());
    }

    private static WorkerView view(KnownWorker worker, Optional<List<RunningJob>> jobs) {
        WorkerHeartbeat beat = worker.beat();
        return new WorkerView(beat.worker(), worker.state().wireName(), beat.host(), beat.version(), beat.startedAt(),
                beat.plugins(), beat.slots(), beat.freeSlots(), beat.lostSlots(),
                beat.uses().stream().mapToInt(PluginUse::running).sum(), beat.uses(), WorkerRegister.LEASE,
                worker.sinceLastBeat(), jobs);
    }
}
