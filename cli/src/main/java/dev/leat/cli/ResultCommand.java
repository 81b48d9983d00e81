package dev.leat.cli;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;

/** Shows what a job has returned. */
@Command(name = "result", description = "Shows what a job has returned, as JSON.")
final class ResultCommand extends ApiCommand {

    @Parameters(paramLabel = "ID", description = "Of a job.")
    private String id = "";

    @Option(names = {"-w", "--wait"}, description = "Wait for its end.")
    private boolean wait;

    @Option(names = "--at-most", paramLabel = "DURATION", converter = HumaneDuration.class, description = "How long to wait at most (with --wait).")
    private Optional<Duration> atMost = Optional.empty();

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        if (wait) {
            JsonNode job = JobWait.await(api, id, atMost);
            Exit exit = Exit.of(job.path("status").asText());
            if (exit != Exit.OK) {
                throw new CommandFailedException(exit, "Expected a result, but job %s is %s%s".formatted(id,
                        job.path("status").asText(),
                        job.has("error") ? ": " + job.at("/error/message").asText() : ""));
            }
        }
        console.jsonForReader(api.get(Query.of("jobs", id, "result")));
        return Exit.OK;
    }
}
