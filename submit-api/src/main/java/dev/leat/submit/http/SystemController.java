package dev.leat.submit.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.submit.catalog.WorkerRegister;
import dev.leat.submit.catalog.WorkerRegister.LiveWorker;
import dev.leat.submit.status.ProjectorAnswer;
import dev.leat.submit.status.ProjectorClient;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The whole at a glance: counts of jobs, and the workers that live. */
@Controller(ApiPaths.ROOT)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "System")
final class SystemController {

    private final WorkerRegister workers;
    private final ProjectorClient projectors;
    private final ProjectorReplies replies;

    /**
     * A live worker.
     *
     * @param lostSlots how many of them are held by handlers that did not stop when they had to
     * @param sinceLastBeat how long ago its last heartbeat arrived here
     */
    record WorkerView(WorkerId id, String host, String version, Instant startedAt, List<String> plugins, int slots,
            int freeSlots, int lostSlots, Duration sinceLastBeat) {}

    /** All of them. */
    record WorkersView(List<WorkerView> workers) {}

    /** How many workers live, and what they can run at once. */
    record WorkerCounts(int live, int slots, int freeSlots, int lostSlots) {}

    SystemController(WorkerRegister workers, ProjectorClient projectors, ProjectorReplies replies) {
        this.workers = workers;
        this.projectors = projectors;
        this.replies = replies;
    }

    @Get("/stats")
    @Operation(operationId = "showStats", summary = "Count jobs and workers", description = """
            Jobs by status, in all and by plugin, as the projectors know them; live workers and their slots.""")
    @ApiResponse(responseCode = "200", description = "The counts", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Stats"), examples = @ExampleObject(name = "stats", ref = "#/components/examples/Stats")))
    @ApiResponse(responseCode = "503", description = "No projector can answer", ref = "#/components/responses/StatusUnavailable")
    HttpResponse<?> stats() {
        ProjectorAnswer answer = projectors.get("/internal/v1/stats");
        if (!answer.isFound()) {
            return replies.other(answer);
        }
        Map<String, Object> stats = new LinkedHashMap<>(replies.members(answer));
        stats.put("workers", counts());
        return HttpResponse.ok(stats);
    }

    @Get("/workers")
    @Operation(operationId = "listWorkers", summary = "List live workers", description = "Those whose last heartbeat came less than 10 s ago.")
    @ApiResponse(responseCode = "200", description = "The workers, longest running first", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "#/components/schemas/Workers"), examples = @ExampleObject(name = "workers", ref = "#/components/examples/Workers")))
    WorkersView workers() {
        return new WorkersView(workers.live().stream().map(SystemController::view).toList());
    }

    private WorkerCounts counts() {
        List<WorkerHeartbeat> beats = workers.live().stream().map(LiveWorker::beat).toList();
        return new WorkerCounts(beats.size(), beats.stream().mapToInt(WorkerHeartbeat::slots).sum(),
                beats.stream().mapToInt(WorkerHeartbeat::freeSlots).sum(),
                beats.stream().mapToInt(WorkerHeartbeat::lostSlots).sum());
    }

    private static WorkerView view(LiveWorker worker) {
        WorkerHeartbeat beat = worker.beat();
        return new WorkerView(beat.worker(), beat.host(), beat.version(), beat.startedAt(), beat.plugins(),
                beat.slots(), beat.freeSlots(), beat.lostSlots(), worker.sinceLastBeat());
    }
}
