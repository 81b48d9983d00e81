package dev.leat.cli;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;

/** Asks jobs and batches to end. */
@Command(name = "cancel", description = "Cancels jobs and batches, whether they wait or run.")
final class CancelCommand extends ApiCommand {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Of jobs or batches.")
    private List<String> ids = List.of();

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        Exit worst = Exit.OK;
        for (String id : ids) {
            try {
                cancel(api, console, id);
            } catch (CommandFailedException refused) {
                console.failure(refused);
                worst = refused.exit();
            }
        }
        return worst;
    }

    private static void cancel(ApiClient api, Console console, String id) throws InterruptedException {
        String kind = Found.of(api, id) instanceof Found.OneJob ? "jobs" : "batches";
        JsonNode answer = api.delete(Query.of(kind, id));
        if (console.json()) {
            console.json(answer);
        } else {
            console.line("Asked %s to end; it was %s.".formatted(id, answer.path("status").asText()));
        }
    }
}
