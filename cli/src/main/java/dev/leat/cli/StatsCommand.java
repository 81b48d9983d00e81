package dev.leat.cli;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;
import dev.leat.cli.text.Figures;
import dev.leat.cli.text.Table;

/** Counts jobs. */
@Command(name = "stats", description = "Counts jobs by status, in all and by plugin, and the workers' slots.")
final class StatsCommand extends ApiCommand {

    private static final List<String> STATES = List.of("scheduled", "queued", "running", "retrying", "completed",
            "failed", "timed_out", "cancelled", "expired", "rejected");

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        JsonNode stats = api.get(Query.of("stats"));
        if (console.json()) {
            console.json(stats);
            return Exit.OK;
        }
        List<String> plugins = stats.path("byPlugin").propertyStream().map(Map.Entry::getKey).toList();
        Table table = new Table().status("STATUS").number("ALL");
        plugins.forEach(table::number);
        for (String state : STATES) {
            String[] row = new String[plugins.size() + 2];
            row[0] = state;
            row[1] = Figures.count(stats.path("jobs").path(state).asLong());
            for (int i = 0; i < plugins.size(); i++) {
                row[i + 2] = Figures.count(stats.path("byPlugin").path(plugins.get(i)).path(state).asLong());
            }
            table.row(row);
        }
        console.table(table, "");
        console.line(workers(stats.path("workers")));
        return Exit.OK;
    }

    /** Such as {@code 2 workers, 5 of 16 slots busy}. */
    static String workers(JsonNode workers) {
        int lost = workers.path("lostSlots").asInt();
        int slots = workers.path("slots").asInt();
        return "%s, %d of %d slots busy%s".formatted(
                workers.path("live").asInt() == 1 ? "1 worker" : workers.path("live").asInt() + " workers",
                slots - workers.path("freeSlots").asInt(), slots,
                lost == 0 ? "" : ", " + lost + " held by handlers that do not stop");
    }
}
