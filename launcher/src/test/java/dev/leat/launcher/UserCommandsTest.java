package dev.leat.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import dev.leat.cli.Exit;

/** Each command of a user, through the entry of {@code leat}, against everything in this one process. */
@Tag("broker")
class UserCommandsTest {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static Path folder;
    private static AllInOne leat;

    private record Output(int code, String out, String err) {

        String id() {
            return ID.matcher(out + err).results().findFirst().orElseThrow(() -> new AssertionError(out + err)).group();
        }
    }

    @BeforeAll
    static void start(@TempDir Path temporary) throws InterruptedException {
        folder = temporary;
        leat = new AllInOne(folder.resolve("data"), new AllInOne.Ports(0, 0),
                defaults -> new ConfigurationFlags().load(defaults, Map.of("leat.http.port", "0")));
    }

    @AfterAll
    static void stop() {
        leat.close();
    }

    private static Output run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Leat.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int code = command.execute(Stream.concat(Stream.of(arguments), Stream.of("--server", leat.url().toString()))
                .toArray(String[]::new));
        return new Output(code, out.toString(), err.toString());
    }

    @Test
    void shouldWaitForTheResultOfWhatItSubmits() {
        Output submitted = run("submit", "demo:prime", "limit=100", "pauseMillis=0", "--wait", "--tag", "waited");

        assertThat(submitted.code()).as(submitted.err()).isZero();
        assertThat(submitted.out()).startsWith("{\"count\":25,\"primes\":[2,3,5,");
        assertThat(run("list", "--tag", "waited").out()).contains("demo:prime").contains("completed").contains("100%");
    }

    @Test
    void shouldEndWithHowTheJobDid() {
        Output failed = run("submit", "demo:fail", "message=dry", "way=for_good", "--wait");

        assertThat(failed.code()).isEqualTo(Exit.FAILED.code());
        assertThat(failed.out()).contains("failed").contains("dry");
        assertThat(run("result", failed.id()).code()).isEqualTo(Exit.REFUSED.code());
    }

    @Test
    void shouldShowWhatRunsAndCancelIt() {
        String id = run("submit", "demo:sleep", "millis=3600000", "steps=1000").id();

        Output running = await().atMost(Duration.ofSeconds(30)).until(() -> run("status", id),
                status -> status.out().startsWith("demo:sleep  running"));
        assertThat(running.out()).contains(id).contains("\"millis\":3600000");
        assertThat(run("status").out()).contains("PLUGIN").contains(id).contains("demo:sleep");
        assertThat(run("top").out()).contains("RUNNING").contains(id).contains("WORKER").contains("PLUGIN");
        assertThat(run("cancel", id).code()).isZero();
        assertThat(run("result", id, "--wait").code()).isEqualTo(Exit.CANCELLED.code());
        assertThat(run("cancel", id).code()).isEqualTo(Exit.REFUSED.code());
    }

    @Test
    void shouldStillWaitWhenTheTimeIsOver() {
        Output open = run("submit", "demo:echo", "message=late", "--delay", "1h", "--wait", "--at-most", "1s");

        assertThat(open.code()).isEqualTo(Exit.OPEN.code());
        assertThat(open.out()).contains("scheduled");
    }

    @Test
    void shouldNameWhatIsWrongWithParamsAndTypes() {
        Output params = run("submit", "demo:prime", "limit=1", "lmit=7");
        assertThat(params.code()).isEqualTo(Exit.REFUSED.code());
        assertThat(params.err()).contains("  limit: Expected at least 100, but got 1")
                .contains("  lmit: Expected one of the fields limit, pauseMillis");

        Output type = run("submit", "demo:prim", "limit=100");
        assertThat(type.code()).isEqualTo(Exit.NOT_FOUND.code());
        assertThat(type.err()).contains("Did you mean demo:prime?");

        assertThat(run("submit", "demo:prime", "limit=many").code()).isEqualTo(Exit.USAGE.code());
        assertThat(run("status", "01a21e4e-d870-7a7d-8255-c8d6377c1489").code()).isEqualTo(Exit.NOT_FOUND.code());
    }

    @Test
    void shouldPauseResumeAndLimitAPlugin() {
        assertThat(run("plugin", "pause", "learn").out()).contains("paused");
        assertThat(run("plugins").out()).containsPattern("learn +paused").containsPattern("demo +active");
        assertThat(run("plugin", "resume", "learn").out()).contains("active");
        assertThat(run("plugin", "limits", "learn", "--max-running", "2", "--starts-per-second", "0.5").out())
                .contains("2 running, 0.5/s");
        assertThat(run("plugin", "limits", "learn", "--max-running", "none").out()).contains("0.5/s")
                .doesNotContain("2 running");
        assertThat(run("plugin", "pause", "lern").code()).isEqualTo(Exit.NOT_FOUND.code());
    }

    @Test
    void shouldListTypesWorkersCountsSchedulesAndDeadLetters() {
        assertThat(run("types").out()).contains("demo:countdown").contains("Counts seconds down to zero.");
        assertThat(run("types", "demo:countdown").out()).contains("integer 1..60").contains("How many seconds");
        assertThat(run("workers").out()).contains("LAST BEAT").contains("demo");
        assertThat(run("stats").out()).contains("completed").contains("1 worker, ");
        assertThat(run("schedules").out()).contains("There are no schedules.");
        assertThat(run("dead-letters").out()).contains("There are no such dead letters.");
        assertThat(run("dead-letters", "redrive", "--all", "--dry-run").out()).startsWith("Would send back 0");
    }

    @Test
    void shouldAnswerScriptsWithOneJsonObjectOnALine() {
        for (String command : new String[]{"status", "list", "types", "stats", "plugins", "workers", "schedules",
                "dead-letters", "top"}) {
            assertThat(run(command, "--json").out().strip()).as(command).startsWith("{").endsWith("}")
                    .doesNotContain("\n");
        }
    }

    @Test
    void shouldSubmitABatchOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("noops.ndjson"), "{\"type\":\"demo:noop\"}\n".repeat(20));

        Output batch = run("batch", file.toString(), "--detach");

        assertThat(batch.code()).as(batch.err()).isZero();
        assertThat(run("status", batch.id()).out()).startsWith("batch noops.ndjson").contains("20 operations");
    }

    @Test
    void shouldWatchAJobFromItsStreamUntilItEnds() {
        Output watched = run("submit", "demo:countdown", "seconds=2", "--watch");

        assertThat(watched.code()).as(watched.err()).isZero();
        assertThat(watched.out()).contains("running on ").contains("completed after 2").contains("\"duration\":2");
        assertThat(run("watch", watched.id()).out()).contains("completed after 2");
        assertThat(run("watch", watched.id(), "--json").out()).startsWith("{\"event\":\"state\",\"id\":\"");
    }

    @Test
    void shouldWatchAJobThroughAFailureAndEndWithHowItDid() {
        Output watched = run("submit", "demo:fail", "failures=1", "message=dry", "--watch", "--max-attempts", "2");

        assertThat(watched.code()).as(watched.err()).isZero();
        assertThat(watched.out()).contains("retrying, next try in ").contains(": dry").contains(", attempt 2");

        Output failed = run("submit", "demo:fail", "message=dry", "way=for_good", "--watch");
        assertThat(failed.code()).isEqualTo(Exit.FAILED.code());
    }

    @Test
    void shouldRetryWhatHasEnded() {
        Output first = run("submit", "demo:noop", "--wait");
        String id = run("list", "--type", "demo:noop", "--limit", "1").id();

        Output second = run("retry", id, "--wait");

        assertThat(first.code()).isZero();
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(run("list", "--type", "demo:noop").out().lines().filter(line -> line.contains("completed")))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldShowABatchUntilItEndsWithItsFailures() throws IOException {
        Path file = Files.writeString(folder.resolve("mixed.ndjson"), "{\"type\":\"demo:noop\"}\n".repeat(9)
                + "{\"type\":\"demo:fail\",\"params\":{\"message\":\"dry\",\"way\":\"FOR_GOOD\"}}\n");

        Output batch = run("batch", file.toString());

        assertThat(batch.code()).as(batch.err()).isEqualTo(Exit.FAILED.code());
        assertThat(batch.out()).contains("#9 demo:fail  failed: dry")
                .contains("10/10 operations (100%)  failed: 9 completed, 1 failed");
    }

    @Test
    void shouldDrawAProgressBarOnATerminal() throws Exception {
        assumeTrue(PseudoTerminal.isThere());
        String id = run("submit", "demo:countdown", "seconds=10").id();
        try (PseudoTerminal watch = PseudoTerminal.run(List.of("watch", id, "--server", leat.url().toString()))) {
            assertThat(watch.exitCode()).as(watch.shown()).isZero();
            assertThat(watch.shown()).contains("demo:countdown").contains("█")
                    .containsPattern("completed(\\u001b\\[0m)? after ");
        }
    }

    @Test
    void shouldFillATerminalWithTopUntilItsUserQuits() throws Exception {
        assumeTrue(PseudoTerminal.isThere());
        try (PseudoTerminal top = PseudoTerminal.run(List.of("top", "--server", leat.url().toString()))) {
            await().atMost(Duration.ofSeconds(60)).until(top::shown, shown -> shown.contains("LAST BEAT"));

            top.type('q');

            assertThat(top.exitCode()).isZero();
            assertThat(top.shown()).contains("\u001b[?1049h").contains("slots busy").contains("\u001b[?1049l");
        }
    }
}
