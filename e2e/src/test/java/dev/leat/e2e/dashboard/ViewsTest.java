package dev.leat.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each view, with something in it: what can be done there, on each size of screen and in both themes. */
@InBrowser
class ViewsTest {

    private static final String DIALOG = "dialog[open]";

    private final Dashboard dashboard;
    private final DashboardRig rig;
    private String completed = "";
    private String failed = "";
    private String sleeping = "";
    private String batch = "";

    ViewsTest(DashboardRig rig, Browser browser) {
        this.rig = rig;
        dashboard = new Dashboard(rig, browser);
    }

    @BeforeAll
    void fill() {
        rig.writeGarbage();
        completed = rig.submit("""
                {"type":"demo:prime","params":{"limit":1000,"pauseMillis":0},"tags":["nightly"]}""");
        failed = rig.submit("""
                {"type":"demo:fail","params":{"way":"THROW"},"maxAttempts":1}""");
        sleeping = rig.submit("""
                {"type":"demo:sleep","params":{"millis":600000,"steps":100}}""");
        rig.post("/api/v1/schedules", """
                {"id":"nightly","cron":"30 2 * * MON-FRI","timeZone":"Europe/Berlin",
                 "job":{"type":"demo:noop"}}""");
        batch = rig.send("POST", "/api/v1/batches", "application/x-ndjson", """
                {"name":"two primes and a failure"}
                {"type":"demo:prime","params":{"pauseMillis":0}}
                {"type":"demo:prime","params":{"pauseMillis":0}}
                {"type":"demo:fail","params":{"way":"FOR_GOOD","message":"no such penguin"}}
                """).path("id").asText();
        rig.awaitStatus(completed, "completed");
        rig.awaitStatus(failed, "failed");
        Awaitility.await()
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> rig.json("/api/v1/batches/" + batch).path("status").asText().equals("failed"));
    }

    @AfterAll
    void end() {
        rig.end(sleeping);
    }

    private List<String> views() {
        return List.of("queue", "submit", "submit/demo%3Aprime", "submit/exec%3Arun", "submit/learn%3Atrain",
                "jobs/" + completed, "jobs/" + failed, "jobs/" + sleeping, "batches", "batches/" + batch, "schedules",
                "plugins", "workers", "dead-letters", "charts");
    }

    /** Contrast hangs on the theme and what there is on the width, so two of the four combinations show all. */
    @TestFactory
    Stream<DynamicTest> shouldFitItsScreenAndBeAccessible() {
        return Stream.of(DynamicTest.dynamicTest("dark, at a desk", () -> lookAtEachView(ColorScheme.DARK, 1360)),
                DynamicTest.dynamicTest("light, on a phone", () -> lookAtEachView(ColorScheme.LIGHT, 390)));
    }

    private void lookAtEachView(ColorScheme theme, int width) {
        try (BrowserContext context = dashboard.browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(width, 844)
                        .setColorScheme(theme)
                        .setReducedMotion(ReducedMotion.REDUCE));
                Tab tab = dashboard.tab(context)) {
            for (String view : views()) {
                tab.show(view);
                assertThat(tab.page().getByText(Pattern.compile("^Loading"))).hasCount(0);
                assertThat(tab.page().locator(".notice-error")).hasCount(0);
                tab.assertFitsItsWidth();
                tab.assertAccessible();
            }
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldFollowTheSystemsThemeUntilAnotherOneIsChosenAndRememberThat() {
        try (BrowserContext context = dashboard.browser()
                .newContext(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
                Tab tab = dashboard.tab(context)) {
            // given
            tab.show("queue");
            String dark = background(tab);

            // when
            tab.page().getByLabel(Pattern.compile("^Theme: system")).click();

            // then
            String light = background(tab);
            assertThat(light).isNotEqualTo(dark);
            tab.page().reload();
            assertThat(tab.page().getByLabel(Pattern.compile("^Theme: light"))).isVisible();
            assertThat(background(tab)).isEqualTo(light);
            tab.page().getByLabel(Pattern.compile("^Theme: light")).click();
            assertThat(background(tab)).isEqualTo(dark);
        }
    }

    private static String background(Tab tab) {
        return String.valueOf(tab.page().evaluate("() => getComputedStyle(document.body).backgroundColor"));
    }

    @Test
    void shouldLeadToEachViewByTheMenuOnAPhone() {
        try (BrowserContext context = dashboard.browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(390, 844).setHasTouch(true));
                Tab tab = dashboard.tab(context)) {
            tab.show("queue");
            Locator links = tab.page().locator("#navigation li a");
            assertThat(links.first()).isHidden();
            for (String name : List.of("Submit", "Batches", "Schedules", "Plugins", "Workers", "Dead letters",
                    "Charts")) {
                tab.button("Menu").tap();
                tab.page().locator("#navigation").getByText(name, new Locator.GetByTextOptions().setExact(true)).tap();
                assertThat(tab.page().locator("main h1")).containsText(name.substring(0, 5));
                assertThat(links.first()).isHidden();
            }
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldPauseResumeAndTriggerASchedule() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("schedules");
            Locator card = tab.page().getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("nightly"));
            assertThat(card.locator(".firings").first().locator("li")).hasCount(5);

            // when
            tab.button("Pause nightly").click();

            // then
            assertThat(card).containsText("None while it is paused.");
            tab.button("Resume nightly").click();
            assertThat(card.locator(".firings").first().locator("li")).hasCount(5);
            tab.button("Trigger nightly").click();
            assertThat(card.locator("section").last()).containsText("completed");
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldPauseAndLimitAPlugin() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("plugins");
            Locator card = tab.page().getByRole(AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("learn"));

            // when
            tab.button("Pause learn").click();
            assertThat(card).containsText("paused");
            String job = rig.submit("""
                    {"type":"learn:train","params":{}}""");
            tab.button("Limits of learn").click();
            tab.page().locator(DIALOG).getByLabel("Running at a time").fill("2");
            tab.page().locator(DIALOG).getByText("Set limits").click();

            // then
            assertThat(card).containsText("of 2");
            assertThat(card.locator(".lanes > div").nth(1)).containsText("1");
            tab.button("Resume learn").click();
            rig.awaitStatus(job, "completed");
            assertThat(card.locator(".lanes > div").nth(1)).containsText("0");
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldShowTheMembersOfABatchAndThoseOfOneStatusAlone() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("batches");
            tab.page().getByText("two primes and a failure").click();
            Locator members = tab.page().locator(".member-grid .rows .row");
            assertThat(members).hasCount(3);

            // when
            tab.page().locator(".members .chip.status-failed").click();

            // then
            assertThat(members).hasCount(1);
            assertThat(members).containsText("no such penguin");
            members.locator("a").click();
            assertThat(tab.status()).hasText("failed");
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldSayHowManyDeadLettersItWouldSendBackBeforeItDoes() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("dead-letters");
            assertThat(tab.page().locator("tbody tr")).hasCount(1);
            tab.page().locator("tbody .link").click();
            assertThat(tab.page().locator(DIALOG)).containsText("somebody");
            tab.page().locator(DIALOG).getByText("Close").click();

            // when
            tab.button("Redrive all").click();

            // then
            assertThat(tab.page().locator(DIALOG)).containsText("Send 1 record back?");
            tab.page().locator(DIALOG).getByText("Send back", new Locator.GetByTextOptions().setExact(true)).click();
            assertThat(tab.page().locator("tbody")).containsText("sent back");
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldDrawTheLastHour() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // when
            tab.show("charts?plugin=demo");

            // then
            Locator charts = tab.page().locator(".chart");
            assertThat(charts).hasCount(4);
            assertThat(charts.locator("canvas")).hasCount(4);
            assertThat(tab.page().getByRole(AriaRole.IMG,
                    new Page.GetByRoleOptions()
                            .setName(Pattern.compile("^Queue depth over the last hour; now queued"))))
                    .isVisible();
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldShowWorkersWithTheirSlots() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            tab.show("workers");
            assertThat(tab.page().locator("tbody tr")).hasCount(1);
            assertThat(tab.page().locator("tbody")).containsText("1 of " + DashboardRig.SLOTS);
            assertThat(tab.page().locator("tbody")).containsText("demo");
        }
    }

    @Test
    void shouldSayClearlyWhatIsNotThere() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // when
            tab.show("jobs/019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10");

            // then
            assertThat(tab.page().getByRole(AriaRole.ALERT)).containsText("There is no such job");
            tab.show("batches/019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10");
            assertThat(tab.page().getByRole(AriaRole.ALERT)).containsText("There is no such batch");
            tab.show("nothing");
            assertThat(tab.page().locator("main")).containsText("There is no such page");
            tab.assertNothingToComplainAbout(complaint -> complaint.contains("404"));
        }
    }
}
