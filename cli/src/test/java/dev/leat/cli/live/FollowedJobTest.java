package dev.leat.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.leat.cli.http.ServerSentEvent;
import dev.leat.cli.text.Style;

class FollowedJobTest {

    private static final Instant START = Instant.parse("2026-11-22T05:29:00Z");

    private final FollowedJob job = new FollowedJob();

    private void accept(String name, int second, String data) {
        job.accept(new ServerSentEvent(name, "", data), START.plusSeconds(second));
    }

    private String line(int second) {
        return JobLines.state(job, START.plusSeconds(second), Style.PLAIN);
    }

    @Test
    void shouldTellAJobFromItsQueueToItsResult() {
        accept("state", 0, """
                {"id": "1", "type": "demo:prime", "status": "queued", "attempt": 1}""");
        assertThat(line(0)).isEqualTo("queued");

        accept("status", 1, """
                {"state": "running", "attempt": 1, "at": "2026-11-22T05:29:01Z", "worker": "w1"}""");
        accept("progress", 3, """
                {"attempt": 1, "progress": {"percent": 25, "message": "1/4 pages: intro"}}""");
        assertThat(line(3)).isEqualTo("running on w1: intro");
        assertThat(job.percent()).isEqualTo(25);
        assertThat(job.left(START.plusSeconds(3))).isEqualTo("about 6 s left");
        assertThat(job.hasEnded()).isFalse();

        accept("complete", 9, """
                {"state": "completed", "attempt": 1, "at": "2026-11-22T05:29:09Z", "result": {}}""");
        assertThat(line(9)).isEqualTo("completed after 8.0 s: intro");
        assertThat(job.percent()).isEqualTo(100);
        assertThat(job.hasEnded()).isTrue();
    }

    @Test
    void shouldSayWhyTheLastAttemptFailedToWhoComesLater() {
        accept("state", 0, """
                {"type": "demo:fail", "status": "retrying", "attempt": 2, "nextAttemptAt": "2026-11-22T05:29:03Z",
                 "attempts": [{"number": 1, "error": {"code": "x", "message": "dry"}}]}""");
        assertThat(line(0)).isEqualTo("retrying, next try in 3.0 s: dry");

        accept("status", 1, """
                {"state": "queued", "attempt": 2, "at": "2026-11-22T05:29:01Z"}""");
        assertThat(line(1)).isEqualTo("queued");
    }

    @Test
    void shouldBeginAnewWithEachAttempt() {
        accept("state", 0, """
                {"type": "demo:fail", "status": "running", "attempt": 1, "startedAt": "2026-11-22T05:29:00Z",
                 "progress": {"percent": 90, "message": "nearly"}}""");
        accept("status", 2, """
                {"state": "retrying", "attempt": 2, "at": "2026-11-22T05:29:02Z", "retryAt": "2026-11-22T05:29:05Z",
                 "error": {"code": "x", "message": "dry"}}""");
        assertThat(line(2)).isEqualTo("retrying, next try in 3.0 s: dry");

        accept("status", 5, """
                {"state": "running", "attempt": 2, "at": "2026-11-22T05:29:05Z", "worker": "w2"}""");
        assertThat(job.percent()).isZero();
        assertThat(line(6)).isEqualTo("running on w2, attempt 2");

        accept("failed", 6,
                """
                        {"state": "failed", "attempt": 2, "at": "2026-11-22T05:29:06Z", "error": {"code": "x", "message": "still dry"}}""");
        assertThat(line(6)).isEqualTo("failed after 1.0 s, attempt 2: still dry");
    }

    @Test
    void shouldGuessFromOtherJobsBeforeItHasAPaceOfItsOwn() {
        accept("state", 0, """
                {"type": "demo:prime", "status": "queued", "attempt": 1, "estimate": {"seconds": 10.0}}""");

        assertThat(job.left(START.plusSeconds(4))).isEqualTo("about 6 s left");
    }

    @Test
    void shouldHaveEndedWhereTheFirstStateIsFinal() {
        accept("state", 0, """
                {"type": "demo:prime", "status": "cancelled", "attempt": 1, "finishedAt": "2026-11-22T05:28:00Z"}""");

        assertThat(job.hasEnded()).isTrue();
        assertThat(job.status()).isEqualTo("cancelled");
    }

    @Test
    void shouldGiveLogLinesWithoutControlCharacters() {
        assertThat(FollowedJob.logLines(new ServerSentEvent("log", "", """
                {"lines": [{"level": "warn", "message": "low \\u001b[2Jwater"}]}""")))
                .containsExactly("warn  low  [2Jwater");
    }

    @Test
    void shouldSayPlainlyWhatChangesAndNotEachStepOfIt() {
        List<String> said = new ArrayList<>();
        PlainJobView view = new PlainJobView(said::add);
        accept("state", 0,
                """
                        {"type": "demo:prime", "status": "running", "attempt": 1, "worker": "w", "startedAt": "2026-11-22T05:29:00Z"}""");
        for (int percent = 0; percent < 100; percent++) {
            accept("progress", 0, "{\"progress\": {\"percent\": " + percent + ", \"message\": \"milling\"}}");
            view.show(job, START.plusMillis(percent * 100L));
        }
        accept("complete", 10, "{\"attempt\": 1, \"at\": \"2026-11-22T05:29:10Z\"}");
        view.show(job, START.plusSeconds(10));

        assertThat(said).hasSize(11).startsWith("  0%  running on w: milling", " 10%  running on w: milling")
                .endsWith(" 99%  completed after 10 s: milling");
    }
}
