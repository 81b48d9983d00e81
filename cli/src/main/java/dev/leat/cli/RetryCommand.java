package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;

/** Submits again what has ended. */
@Command(name = "retry", description = "Submits a job that has ended again, as a new job.")
final class RetryCommand extends ApiCommand {

    @Parameters(paramLabel = "ID", description = "Of a job that has ended.")
    private String id = "";

    @Mixin
    private FollowOptions following = new FollowOptions();

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        return following.follow(api.post(Query.of("jobs", id, "retry")), api, console);
    }
}
