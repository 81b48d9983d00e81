package dev.leat.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The queue with ten thousand jobs in it. */
@InBrowser
class ManyRowsTest {

    private static final int MANY = 10_000;
    /** What a page shows and keeps ready above and below; a list of all rows has a hundred times as many. */
    private static final int ROWS_IN_THE_DOCUMENT = 100;
    /** A frame that takes so long is felt as a standstill, whatever the machine. */
    private static final double STANDSTILL_MILLIS = 1000;

    private final Dashboard dashboard;
    private final DashboardRig rig;

    ManyRowsTest(DashboardRig rig, Browser browser) {
        this.rig = rig;
        dashboard = new Dashboard(rig, browser);
    }

    @Test
    void shouldScrollThroughTenThousandJobsAndStayQuick() {
        // given
        rig.post("/api/v1/plugins/exec/pause", "");
        String batch = rig.send("POST", "/api/v1/batches", "application/x-ndjson",
                "{\"type\":\"exec:run\",\"params\":{\"command\":\"none\"}}\n".repeat(MANY)).path("id").asText();
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> rig.json("/api/v1/stats").at("/byPlugin/exec/queued").asInt() >= MANY);
            tab.show("queue?type=exec%3Arun");

            // when
            Object slowest = tab.page().evaluate("""
                    async (many) => {
                      const rows = document.querySelector(".rows");
                      let slowest = 0, before = performance.now();
                      const height = () => rows.firstElementChild.offsetHeight;
                      while (height() < many * 38) {
                        rows.scrollTop = rows.scrollHeight;
                        await new Promise(requestAnimationFrame);
                        const now = performance.now();
                        slowest = Math.max(slowest, now - before);
                        before = now;
                      }
                      return slowest;
                    }""", MANY);

            // then
            assertThat(tab.page().locator(".foot")).hasText(Pattern.compile("^10,000 jobs.*"));
            assertThat(tab.page().locator(".job-row").count()).isBetween(1, ROWS_IN_THE_DOCUMENT);
            assertThat(((Number) slowest).doubleValue()).as("the slowest frame in ms").isLessThan(STANDSTILL_MILLIS);
            tab.page().keyboard().press("End");
            assertThat(tab.page().locator(".job-row[aria-selected=true]")).hasAttribute("aria-rowindex",
                    String.valueOf(MANY + 1));
            tab.page().keyboard().press("Home");
            assertThat(tab.page().locator(".job-row[aria-selected=true]")).hasAttribute("aria-rowindex", "2");
            tab.assertNothingToComplainAbout();
        } finally {
            rig.send("DELETE", "/api/v1/batches/" + batch, "application/json", "");
            rig.post("/api/v1/plugins/exec/resume", "");
        }
    }
}
