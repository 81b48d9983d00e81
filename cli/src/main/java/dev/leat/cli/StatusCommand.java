package dev.leat.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;
import dev.leat.cli.text.BatchText;
import dev.leat.cli.text.JobText;

/** Shows one job or batch, or all that runs. */
@Command(name = "status", description = "Shows a job or batch; without an id, every operation that runs now: plugin, type, progress and current task.")
final class StatusCommand extends ApiCommand {

    /** More is no overview. */
    private static final int MOST = 1000;
    private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled", "rolled_back",
            "rollback_failed");

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Of a job or a batch.")
    private Optional<String> id = Optional.empty();

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        if (id.isEmpty()) {
            return running(api, console);
        }
        Instant now = console.clock().instant();
        switch (Found.of(api, id.get())) {
            case Found.OneJob(JsonNode job) -> show(console, job,
                    JobText.of(job, now, console.clock().getZone(), console.style()));
            case Found.OneBatch(JsonNode batch) -> show(console, batch, BatchText.of(batch, now, console.style()));
        }
        return Exit.OK;
    }

    private static void show(Console console, JsonNode json, List<String> lines) {
        if (console.json()) {
            console.json(json);
        } else {
            console.lines(lines);
        }
    }

    private static Exit running(ApiClient api, Console console) throws InterruptedException {
        Pages jobs = Pages.read(api, Query.of("jobs").with("status", "running"), "jobs", MOST);
        List<JsonNode> batches = api.get(Query.of("batches").with("limit", 100)).path("batches").valueStream()
                .filter(batch -> !ENDED.contains(batch.path("status").asText()))
                .toList();
        if (console.json()) {
            ObjectNode all = jobs.toJson("jobs");
            batches.forEach(all.putArray("batches")::add);
            console.json(all);
            return Exit.OK;
        }
        console.table(JobText.running(jobs.entries(), batches, console.clock().instant()), "Nothing runs.");
        if (jobs.more()) {
            console.note("There are more; 'leat list --status running --all' shows them.");
        }
        return Exit.OK;
    }
}
