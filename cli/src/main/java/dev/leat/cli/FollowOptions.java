package dev.leat.cli;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.ApiProblemException;
import dev.leat.cli.http.Query;
import dev.leat.cli.text.JobText;

/** What a command does with a job that it has just submitted: name it, wait for it, or show it run. */
final class FollowOptions {

    @Option(names = {"-w",
            "--wait"}, description = "Wait for its end and show the result; the exit code says how it ended.")
    private boolean wait;

    @Option(names = "--at-most", paramLabel = "DURATION", converter = HumaneDuration.class, description = "How long to wait at most (with --wait).")
    private Optional<Duration> atMost = Optional.empty();

    @Option(names = "--watch", description = "Show its progress until it ends, then the result; the exit code says how it ended.")
    private boolean watch;

    /**
     * Follows the job as far as the user wants to.
     *
     * @param job as its submission was answered
     */
    Exit follow(JsonNode job, ApiClient api, Console console) throws InterruptedException {
        String id = job.path("id").asText();
        if (!wait && !watch) {
            show(job, console);
            return Exit.OK;
        }
        if (watch) {
            console.note(id);
            Exit exit = new JobWatch(api, console, id).run();
            return console.json() ? exit : result(id, exit, api, console);
        }
        JsonNode ended = JobWait.await(api, id, atMost);
        Exit exit = Exit.of(ended.path("status").asText());
        if (console.json()) {
            console.json(ended);
            return exit;
        }
        if (exit != Exit.OK) {
            console.lines(JobText.of(ended, console.clock().instant(), console.clock().getZone(), console.style()));
        }
        return result(id, exit, api, console);
    }

    private static void show(JsonNode job, Console console) {
        if (console.json()) {
            console.json(job);
        } else {
            console.line(job.path("id").asText());
            if (console.screen().isPresent()) {
                console.note("%s is %s. 'leat watch %s' shows its progress.".formatted(job.path("type").asText(),
                        job.path("status").asText(), job.path("id").asText()));
            }
        }
    }

    /** A job may complete without a result. */
    private static Exit result(String id, Exit exit, ApiClient api, Console console) throws InterruptedException {
        if (exit == Exit.OK) {
            try {
                console.jsonForReader(api.get(Query.of("jobs", id, "result")));
            } catch (ApiProblemException none) {
                if (!none.problem().name().equals("job-has-no-result")) {
                    throw none;
                }
            }
        }
        return exit;
    }
}
