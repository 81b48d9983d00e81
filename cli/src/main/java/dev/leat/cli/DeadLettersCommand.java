package dev.leat.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;
import dev.leat.cli.text.Figures;
import dev.leat.cli.text.JobText;
import dev.leat.cli.text.Table;

/** Lists records that could not be used, shows one, and sends them back. */
@Command(name = "dead-letters", description = "Lists records that could not be used, newest first.", subcommands = {
        DeadLettersCommand.Show.class, DeadLettersCommand.Redrive.class})
final class DeadLettersCommand extends ApiCommand {

    @Mixin
    private DeadLetterFilter filter = new DeadLetterFilter();

    @Option(names = {"-n",
            "--limit"}, paramLabel = "N", defaultValue = "50", description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        Pages letters = Pages.read(api, filter.on(Query.of("dead-letters")), "deadLetters", Math.max(1, limit));
        if (console.json()) {
            console.json(letters.toJson("deadLetters"));
            return Exit.OK;
        }
        console.table(table(letters.entries(), console.clock().instant()), "There are no such dead letters.");
        if (letters.more()) {
            console.note("There are more; a higher --limit shows them.");
        }
        return Exit.OK;
    }

    private static Table table(Iterable<JsonNode> letters, Instant now) {
        Table table = new Table().column("ID").column("REASON").column("FROM").column("WHEN").number("SIZE")
                .column("SENT BACK").elastic("DETAIL");
        letters.forEach(letter -> table.row(letter.path("id").asText(), letter.path("reason").asText(),
                letter.path("origin").asText(),
                JobText.time(letter, "at").map(at -> Figures.ago(at, now)).orElse(""),
                Figures.size(letter.path("size").asLong()),
                JobText.time(letter, "redrivenAt").map(at -> Figures.ago(at, now)).orElse("no"),
                letter.path("detail").asText()));
        return table;
    }

    /** All of one. */
    @Command(name = "show", description = "Shows a dead letter with its value and headers, as JSON.")
    static final class Show extends ApiCommand {

        @Parameters(paramLabel = "ID", description = "Such as 3-1742.")
        private String id = "";

        @Override
        Exit run(ApiClient api, Console console) throws InterruptedException {
            console.jsonForReader(api.get(Query.of("dead-letters", id)));
            return Exit.OK;
        }
    }

    /** Sends back some, or all that match. */
    @Command(name = "redrive", description = "Sends dead letters back to where they came from: those named, those that match, or --all.")
    static final class Redrive extends ApiCommand {

        @Parameters(arity = "0..*", paramLabel = "ID", description = "Such as 3-1742.")
        private List<String> ids = new ArrayList<>();

        @Mixin
        private DeadLetterFilter filter = new DeadLetterFilter();

        @Option(names = "--all", description = "All that there are.")
        private boolean all;

        @Option(names = "--again", description = "Also those that were sent back before.")
        private boolean again;

        @Option(names = "--dry-run", description = "Only say how many there are.")
        private boolean dryRun;

        @Override
        Exit run(ApiClient api, Console console) throws InterruptedException {
            if (!ids.isEmpty()) {
                if (dryRun || all || !filter.isEmpty()) {
                    throw misused("Expected either ids or a filter with or without --dry-run, but got both");
                }
                for (String id : ids) {
                    one(api, console, id);
                }
                return Exit.OK;
            }
            if (filter.isEmpty() && !all) {
                throw misused("Expected which dead letters: ids, a filter such as --reason, or --all");
            }
            return matching(api, console);
        }

        private void one(ApiClient api, Console console, String id) throws InterruptedException {
            JsonNode answer = api.post(Query.of("dead-letters", id, "redrive").with("again", again));
            if (console.json()) {
                console.json(answer);
            } else {
                console.line("Sent %s back to %s.".formatted(id, answer.path("position").asText()));
            }
        }

        private Exit matching(ApiClient api, Console console) throws InterruptedException {
            JsonNode answer = api.post(filter.on(Query.of("dead-letters", "redrive")).with("again", again)
                    .with("dryRun", dryRun));
            if (console.json()) {
                console.json(answer);
            } else {
                console.line("%s %s; %s had been before%s.".formatted(dryRun ? "Would send back" : "Sent back",
                        Figures.count(answer.path("count").asLong()), Figures.count(answer.path("skipped").asLong()),
                        answer.path("failed").asLong() == 0
                                ? ""
                                : ", " + Figures.count(answer.path("failed").asLong()) + " could not"));
                answer.path("failures").forEach(failure -> console.note(
                        "  " + failure.path("id").asText() + ": " + failure.path("detail").asText()));
            }
            return answer.path("failed").asLong() == 0 ? Exit.OK : Exit.REFUSED;
        }
    }
}
