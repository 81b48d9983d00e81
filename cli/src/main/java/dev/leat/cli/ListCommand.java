package dev.leat.cli;

import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;
import dev.leat.cli.text.JobText;

/** Lists jobs. */
@Command(name = "list", description = "Lists jobs, newest first.")
final class ListCommand extends ApiCommand {

    @Option(names = {"-s",
            "--status"}, paramLabel = "STATUS", description = "Only of this status: scheduled, queued, running, retrying, completed, failed, timed_out, cancelled, expired, rejected.")
    private Optional<String> status = Optional.empty();

    @Option(names = "--plugin", paramLabel = "PLUGIN", description = "Only of this plugin.")
    private Optional<String> plugin = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only of this job type.")
    private Optional<String> type = Optional.empty();

    @Option(names = {"-t", "--tag"}, paramLabel = "TAG", description = "Only with this tag.")
    private Optional<String> tag = Optional.empty();

    @Option(names = "--batch", paramLabel = "ID", description = "Only operations of this batch.")
    private Optional<String> batch = Optional.empty();

    @Option(names = {"-n",
            "--limit"}, paramLabel = "N", defaultValue = "50", description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = {"-a", "--all"}, description = "All of them.")
    private boolean all;

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        if (limit < 1) {
            throw misused("Expected a --limit of at least 1, but got " + limit);
        }
        Query query = Query.of("jobs").with("status", status).with("plugin", plugin).with("type", type).with("tag", tag)
                .with("batch", batch);
        Pages jobs = Pages.read(api, query, "jobs", all ? Integer.MAX_VALUE : limit);
        if (console.json()) {
            console.json(jobs.toJson("jobs"));
            return Exit.OK;
        }
        console.table(JobText.table(jobs.entries(), console.clock().instant()), "There are no such jobs.");
        if (jobs.more()) {
            console.note("There are more; --all or a higher --limit shows them.");
        }
        return Exit.OK;
    }
}
