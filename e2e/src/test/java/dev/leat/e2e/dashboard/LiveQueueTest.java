package dev.leat.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** The queue and the details of a job, as they change. */
@InBrowser
class LiveQueueTest {

    private final Dashboard dashboard;
    private final DashboardRig rig;

    LiveQueueTest(DashboardRig rig, Browser browser) {
        this.rig = rig;
        dashboard = new Dashboard(rig, browser);
    }

    @Test
    void shouldShowProgressAndResult() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("queue");
            String job = rig.submit("""
                    {"type":"demo:prime","params":{"limit":1000,"pauseMillis":200},"tags":["watched"]}""");
            assertThat(tab.row(job).getByRole(AriaRole.PROGRESSBAR)).hasAttribute("aria-label",
                    "Progress of demo:prime");

            // when
            tab.row(job).locator("a").click();

            // then
            assertThat(tab.page().locator(".summary-progress .percent")).hasText(Pattern.compile("[1-9]0 %"));
            assertThat(tab.status()).hasText("completed");
            assertThat(tab.page().getByLabel("Result").first()).containsText("\"count\": 168");
            assertThat(tab.page().getByLabel("Input").first()).containsText("\"limit\": 1000");
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldShowAttemptsWithTheirErrors() {
        String job = rig.submit("""
                {"type":"demo:fail","params":{"way":"THROW","message":"the wheel is stuck"},"maxAttempts":2,
                 "backoff":{"constant":"PT0.2S"}}""");
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // when
            tab.show("jobs/" + job);

            // then
            assertThat(tab.status()).hasText("failed");
            assertThat(tab.page().locator(".attempts li")).hasCount(2);
            assertThat(tab.page().locator(".card-error")).containsText("the wheel is stuck");
            assertThat(tab.page().locator(".timeline li")).hasCount(6);
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldCancelWhatRunsAndWhatIsQueued() {
        List<String> jobs = IntStream.rangeClosed(0, DashboardRig.SLOTS).mapToObj(i -> rig.submit("""
                {"type":"demo:sleep","params":{"millis":600000},"tags":["long"]}""")).toList();
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("queue?tag=long");
            assertThat(tab.rows("running")).hasCount(DashboardRig.SLOTS - DashboardRig.KEPT);
            assertThat(tab.rows("queued")).hasCount(1 + DashboardRig.KEPT);
            String waiting = idOf(tab.rows("queued").first());
            String running = idOf(tab.rows("running").first());

            // when
            tab.row(waiting).getByLabel(Pattern.compile("^Cancel")).click();
            tab.row(running).locator("a").click();
            tab.button("Cancel").click();

            // then
            assertThat(tab.status()).hasText("cancelled");
            assertThat(rig.awaitStatus(waiting, "cancelled").path("attempts")).isEmpty();
            tab.show("queue?tag=long");
            assertThat(tab.row(waiting)).containsText("cancelled");
            assertThat(tab.row(running)).containsText("cancelled");
            tab.assertNothingToComplainAbout();
        } finally {
            jobs.forEach(rig::end);
        }
    }

    @Test
    void shouldSubmitAgainWhatHasEnded() {
        String job = rig.submit("""
                {"type":"demo:fail","params":{"way":"FOR_GOOD"},"tags":["again"]}""");
        rig.awaitStatus(job, "failed");
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("jobs/" + job);

            // when
            tab.button("Retry").click();

            // then
            assertThat(tab.page()).not().hasURL(Pattern.compile(".*" + job));
            assertThat(tab.status()).hasText("failed");
            assertThat(tab.page().locator(".facts a[href='#/jobs/" + job + "']")).isVisible();
            tab.show("queue?tag=again");
            assertThat(tab.rows("failed")).hasCount(2);
            tab.assertNothingToComplainAbout();
        }
    }

    private static String idOf(Locator row) {
        return row.getAttribute("id").substring("job-".length());
    }

    @Test
    void shouldShowTheSameInThreeTabs() {
        try (BrowserContext context = dashboard.desktop();
                Tab first = dashboard.tab(context);
                Tab second = dashboard.tab(context);
                Tab third = dashboard.tab(context)) {
            // given
            List<Tab> tabs = List.of(first, second, third);
            first.show("queue");
            second.show("queue?type=demo%3Asleep");
            third.show("submit/demo%3Asleep");
            third.page().getByLabel("Millis").fill("3000");

            // when
            third.button("Submit job").click();
            String job = third.jobId();
            third.show("queue");

            // then
            tabs.forEach(tab -> assertThat(tab.page().locator(".connection-state")).hasText("Live"));
            tabs.forEach(tab -> assertThat(tab.row(job)).containsText("running"));
            tabs.forEach(tab -> assertThat(tab.row(job)).containsText("completed"));
            tabs.forEach(Tab::assertNothingToComplainAbout);
        }
    }

    @Test
    void shouldSayThatItIsStaleWhileTheServerIsAwayAndGoOnByItself() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("queue");

            // when
            rig.stopApi();

            // then
            Locator connection = tab.page().locator(".connection");
            assertThat(connection.locator(".connection-state")).hasText(Pattern.compile("^Not connected"));
            assertThat(connection).containsText("stale for");
            rig.startApi();
            tab.awaitLive();
            String job = rig.submit("""
                    {"type":"demo:noop"}""");
            assertThat(tab.row(job)).containsText("completed");
            tab.assertNothingToComplainAbout(complaint -> complaint.contains("ERR_CONNECTION_REFUSED")
                    || complaint.contains("ERR_CONNECTION_RESET") || complaint.contains("ERR_EMPTY_RESPONSE")
                    || complaint.contains("503"));
        }
    }

    @Test
    void shouldGoOnByAskingWhereNoWebSocketGetsThrough() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.page().addInitScript("""
                    window.WebSocket = class extends EventTarget {
                      constructor() {
                        super();
                        setTimeout(() => this.dispatchEvent(new CloseEvent("close")), 10);
                      }
                      close() {}
                    };""");

            // when
            tab.show("queue");
            String job = rig.submit("""
                    {"type":"demo:noop"}""");

            // then
            assertThat(tab.page().locator(".connection-state")).hasText("Live, asking every 2 s");
            assertThat(tab.row(job)).containsText("completed");
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldBeUsableByKeyboardAlone() {
        String older = rig.submit("""
                {"type":"demo:noop","tags":["keys"]}""");
        rig.awaitStatus(older, "completed");
        String newer = rig.submit("""
                {"type":"demo:noop","tags":["keys"]}""");
        rig.awaitStatus(newer, "completed");
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("queue?tag=keys");
            assertThat(tab.rows("completed")).hasCount(2);

            // then
            tab.page().keyboard().press("j");
            assertThat(tab.row(newer)).hasAttribute("aria-selected", "true");
            tab.page().keyboard().press("ArrowDown");
            assertThat(tab.row(older)).hasAttribute("aria-selected", "true");
            tab.page().keyboard().press("k");
            tab.page().keyboard().press("Enter");
            assertThat(tab.page()).hasURL(Pattern.compile(".*#/jobs/" + newer));
            tab.page().keyboard().press("Escape");
            assertThat(tab.page()).hasURL(Pattern.compile(".*#/queue\\?tag=keys"));
            tab.page().keyboard().press("/");
            assertThat(tab.page().getByLabel("Search jobs")).isFocused();
            tab.page().keyboard().press("Escape");
            tab.page().keyboard().press("?");
            assertThat(tab.page().getByRole(AriaRole.DIALOG)).isVisible();
            tab.page().keyboard().press("Escape");
            tab.page().keyboard().press("g");
            tab.page().keyboard().press("w");
            assertThat(tab.page()).hasURL(Pattern.compile(".*#/workers"));
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldFindJobsAndKeepWhatWasSearchedForInTheAddress() {
        String job = rig.submit("""
                {"type":"demo:noop","tags":["needle-in-hay"]}""");
        rig.awaitStatus(job, "completed");
        try (BrowserContext context = dashboard.desktop();
                Tab tab = dashboard.tab(context);
                Tab other = dashboard.tab(context)) {
            // when
            tab.show("queue");
            tab.page().getByLabel("Search jobs").fill("Needle");

            // then
            assertThat(tab.page().locator(".job-row")).hasCount(1);
            assertThat(tab.row(job)).isVisible();
            other.page().navigate(tab.page().url());
            assertThat(other.row(job)).isVisible();
            assertThat(other.page().locator(".job-row")).hasCount(1);
            tab.page().locator(".chip.status-completed").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*status=completed.*"));
            tab.button("Clear filters").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*#/queue$"));
            tab.assertNothingToComplainAbout();
        }
    }
}
