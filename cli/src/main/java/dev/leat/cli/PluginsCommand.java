package dev.leat.cli;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;
import dev.leat.cli.text.Table;

/** Lists the plugins. */
@Command(name = "plugins", description = "Lists the plugins with their limits and what of them runs. 'leat plugin pause|resume|limits NAME' changes them.")
final class PluginsCommand extends ApiCommand {

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        JsonNode answer = api.get(Query.of("plugins"));
        if (console.json()) {
            console.json(answer);
        } else {
            console.table(table(answer.path("plugins")), "No worker hosts plugins yet.");
        }
        return Exit.OK;
    }

    static Table table(Iterable<JsonNode> plugins) {
        Table table = new Table().column("PLUGIN").column("STATE").number("RUNNING").number("WORKERS").column("LIMITS")
                .elastic("JOB TYPES");
        plugins.forEach(plugin -> table.row(plugin.path("id").asText(),
                plugin.path("paused").asBoolean() ? "paused" : "active", plugin.path("running").asText(),
                plugin.path("workers").asText(), limits(plugin.path("limits")),
                String.join(", ", plugin.path("jobTypes").valueStream()
                        .map(type -> type.asText().replaceFirst("^.*:", "")).toList())));
        return table;
    }

    /** Such as {@code 4 running, 0.5/s}. */
    static String limits(JsonNode limits) {
        List<String> parts = new ArrayList<>();
        if (limits.has("maxRunning")) {
            parts.add(limits.path("maxRunning").asText() + " running");
        }
        if (limits.has("startsPerSecond")) {
            parts.add(limits.path("startsPerSecond").asText().replaceFirst("\\.0$", "") + "/s");
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }
}
