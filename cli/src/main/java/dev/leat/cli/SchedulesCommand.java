package dev.leat.cli;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.Query;
import dev.leat.cli.text.Figures;
import dev.leat.cli.text.JobText;
import dev.leat.cli.text.Table;

/** Lists the schedules, and says pause, resume or trigger to one. */
@Command(name = "schedules", description = "Lists the schedules with their next and last firings.", subcommands = {
        SchedulesCommand.Pause.class, SchedulesCommand.Resume.class, SchedulesCommand.Trigger.class})
final class SchedulesCommand extends ApiCommand {

    @Override
    Exit run(ApiClient api, Console console) throws InterruptedException {
        JsonNode answer = api.get(Query.of("schedules"));
        if (console.json()) {
            console.json(answer);
        } else {
            console.table(table(answer.path("schedules"), console.clock().instant()), "There are no schedules.");
        }
        return Exit.OK;
    }

    private static Table table(Iterable<JsonNode> schedules, Instant now) {
        Table table = new Table().column("SCHEDULE").column("STATE").column("WHEN").elastic("JOB").column("NEXT")
                .elastic("LAST");
        schedules.forEach(schedule -> table.row(schedule.path("id").asText(),
                schedule.path("paused").asBoolean() ? "paused" : "active", when(schedule),
                schedule.at("/job/type").asText(),
                JobText.time(schedule.at("/nextFirings/0"), "firesAt").map(at -> Figures.ago(at, now)).orElse(""),
                last(schedule.at("/lastFirings/0"), now)));
        return table;
    }

    private static String when(JsonNode schedule) {
        return schedule.has("cron")
                ? schedule.path("cron").asText() + " " + schedule.path("timeZone").asText()
                : "every " + Figures.duration(Duration.parse(schedule.path("every").asText("PT0S")));
    }

    private static String last(JsonNode firing, Instant now) {
        String how = firing.has("skipped")
                ? "skipped: " + firing.path("skipped").asText()
                : firing.path("status").asText("open");
        return JobText.time(firing, "decidedAt").map(at -> how + ", " + Figures.ago(at, now)).orElse("");
    }

    /** What is said to one schedule. */
    abstract static class ToOne extends ApiCommand {

        private final String what;

        @Parameters(paramLabel = "ID", description = "Of the schedule.")
        private String id = "";

        ToOne(String what) {
            this.what = what;
        }

        @Override
        final Exit run(ApiClient api, Console console) throws InterruptedException {
            JsonNode answer = api.post(Query.of("schedules", id, what));
            if (console.json()) {
                console.json(answer);
            } else {
                console.line("Asked schedule %s to %s.".formatted(id, what));
            }
            return Exit.OK;
        }
    }

    /** Fires nothing. */
    @Command(name = "pause", description = "Pauses a schedule; nothing of the time of the pause is made up for.")
    static final class Pause extends ToOne {
        Pause() {
            super("pause");
        }
    }

    /** Fires again. */
    @Command(name = "resume", description = "Lets a paused schedule fire again.")
    static final class Resume extends ToOne {
        Resume() {
            super("resume");
        }
    }

    /** Fires now. */
    @Command(name = "trigger", description = "Fires a schedule now, besides its due times.")
    static final class Trigger extends ToOne {
        Trigger() {
            super("trigger");
        }
    }
}
