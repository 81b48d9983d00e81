package dev.leat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;

/** Shows a job or batch until it has ended. */
@Command(name = "watch", description = "Shows the progress of a job or batch until it ends; the exit code says how.")
final class WatchCommand extends ApiCommand {

    @Parameters(paramLabel = "ID", description = "Of a job or a batch.")
    private String id = "";

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        return switch (Found.of(api, id)) {
            case Found.OneJob(JsonNode _) -> new JobWatch(api, console, id).run();
            case Found.OneBatch(JsonNode _) -> new BatchWatch(api, console, id).run();
        };
    }
}
