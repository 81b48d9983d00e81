package dev.leat.cli;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;
import dev.leat.cli.text.Figures;
import dev.leat.cli.text.JobText;
import dev.leat.cli.text.Table;

/** Lists the workers. */
@Command(name = "workers", description = "Lists the workers that live.")
final class WorkersCommand extends ApiCommand {

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        JsonNode answer = api.get(Query.of("workers"));
        if (console.json()) {
            console.json(answer);
        } else {
            console.table(table(answer.path("workers"), console.clock().instant()), "No worker lives.");
        }
        return Exit.OK;
    }

    static Table table(Iterable<JsonNode> workers, Instant now) {
        Table table = new Table().column("WORKER").column("HOST").column("VERSION").number("BUSY").number("SLOTS")
                .number("LOST").column("LAST BEAT").column("STARTED").elastic("PLUGINS");
        workers.forEach(worker -> table.row(worker.path("id").asText(), worker.path("host").asText(),
                worker.path("version").asText(),
                String.valueOf(worker.path("slots").asInt() - worker.path("freeSlots").asInt()),
                worker.path("slots").asText(), worker.path("lostSlots").asText(),
                Figures.duration(Duration.parse(worker.path("sinceLastBeat").asText("PT0S"))) + " ago",
                JobText.time(worker, "startedAt").map(at -> Figures.ago(at, now)).orElse(""),
                String.join(", ", worker.path("plugins").valueStream().map(JsonNode::asText).toList())));
        return table;
    }
}
