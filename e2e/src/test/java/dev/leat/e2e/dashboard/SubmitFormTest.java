package dev.leat.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The form that is made from a job type's schema, to the end of the job. */
@InBrowser
class SubmitFormTest {

    /** What is filled in for each type: what has no default, or takes too long with it. */
    private static final Map<String, Map<String, String>> FIELDS = new TreeMap<>(Map.of(
            "demo:countdown", Map.of("Seconds", "1"),
            "demo:echo", Map.of("Message required", "hello"),
            "demo:fail", Map.of("Failures", "1"),
            "demo:fibonacci", Map.of("Pause millis", "0"),
            "demo:hang", Map.of("Millis", "100"),
            "demo:noop", Map.of(),
            "demo:prime", Map.of("Pause millis", "0"),
            "demo:sleep", Map.of("Millis", "100"),
            "demo:url-fetch", Map.of("Urls 1", "http://127.0.0.1:1/")));

    private final Dashboard dashboard;

    SubmitFormTest(DashboardRig rig, Browser browser) {
        dashboard = new Dashboard(rig, browser);
    }

    @TestFactory
    Stream<DynamicTest> shouldSubmitAJobOfEachDemoTypeAndShowItFinish() {
        JsonNode jobTypes = dashboard.rig().json("/api/v1/job-types").path("jobTypes");
        assertThat(StreamSupport.stream(jobTypes.spliterator(), false)
                .map(jobType -> jobType.path("type").asText())
                .filter(type -> type.startsWith("demo:")))
                .as("the types that this test knows how to fill in")
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(FIELDS.keySet()));
        return FIELDS.entrySet()
                .stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> submit(one.getKey(), one.getValue())));
    }

    private void submit(String type, Map<String, String> fields) {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("submit");
            tab.page().locator(".type-list a[href='#/submit/" + type.replace(":", "%3A") + "']").click();
            fields.forEach((label, value) -> tab.page()
                    .getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                    .fill(value));

            // when
            tab.button("Submit job").click();

            // then
            assertThat(tab.status()).hasText("completed");
            assertThat(tab.page().locator(".timeline li").last()).containsText("completed");
            JsonNode job = dashboard.rig().json("/api/v1/jobs/" + tab.jobId());
            if (job.at("/progress/percent").asDouble() == 100) {
                assertThat(tab.page().getByLabel("Progress of the job")).hasJSProperty("value", 100);
            }
            assertThat(job.path("type").asText()).isEqualTo(type);
            assertThat(job.path("status").asText()).isEqualTo("completed");
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldRefuseWrongInputAtItsFieldWithoutAskingTheServer() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("submit/demo%3Aprime");
            List<String> sent = new CopyOnWriteArrayList<>();
            tab.page().onRequest(request -> {
                if (request.method().equals("POST")) {
                    sent.add(request.url());
                }
            });
            Locator limit = tab.page().getByLabel("Limit");

            // when
            limit.fill("7");
            tab.button("Submit job").click();

            // then
            assertThat(limit).hasAttribute("aria-invalid", "true");
            assertThat(limit).hasAccessibleDescription(Pattern.compile("Expected at least 100, but got 7"));
            assertThat(limit).isFocused();
            assertThat(sent).isEmpty();
            limit.fill("200000");
            limit.blur();
            assertThat(limit).hasAccessibleDescription(Pattern.compile("Expected at most 100,000"));
            limit.fill("1000");
            assertThat(limit).not().hasAttribute("aria-invalid", "true");
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldRefuseListsThatAreTooShortOrHoldWhatTheyMayNot() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("submit/demo%3Aurl-fetch");
            Locator urls = tab.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Urls"));

            // when
            urls.getByLabel("Urls 1", new Locator.GetByLabelOptions().setExact(true)).fill("ftp://example.org/");
            tab.button("Add to Urls").click();
            tab.button("Submit job").click();

            // then
            assertThat(urls.locator(".field-error"))
                    .hasText(new String[]{"Expected a match of ^(?:[Hh][Tt][Tt][Pp][Ss]?://\\S+)$",
                            "Expected a value"});
            tab.button("Remove Urls 2").click();
            tab.button("Remove Urls 1").click();
            tab.button("Submit job").click();
            assertThat(urls.locator(".field-error")).hasText("Expected at least 1, but got 0");
            tab.assertNothingToComplainAbout();
        }
    }

    @Test
    void shouldShowWhatTheServerRefusesAtItsField() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given a page that knows less than the server does
            tab.page().route("**/api/v1/job-types", SubmitFormTest::withoutLeast);
            tab.show("submit/demo%3Aprime");
            Locator limit = tab.page().getByLabel("Limit");

            // when
            limit.fill("7");
            tab.button("Submit job").click();

            // then
            assertThat(limit).hasAccessibleDescription(Pattern.compile("Expected at least 100, but got 7"));
            assertThat(limit).isFocused();
            assertThat(tab.page().getByRole(AriaRole.ALERT)).containsText("not valid for the job type");
            tab.assertNothingToComplainAbout(complaint -> complaint.contains("422"));
        }
    }

    private static void withoutLeast(Route route) {
        String body = route.fetch().text();
        assertThat(body).contains("\"minimum\":100,");
        route.fulfill(new Route.FulfillOptions().setContentType("application/json")
                .setBody(body.replace("\"minimum\":100,", "")));
    }

    @Test
    void shouldSubmitWhatWasWrittenAsJsonWithOptions() {
        try (BrowserContext context = dashboard.desktop(); Tab tab = dashboard.tab(context)) {
            // given
            tab.show("submit/demo%3Aecho");
            tab.button("Edit as JSON").click();
            tab.page().getByLabel("Params as JSON").fill("{\"message\":");
            tab.button("Submit job").click();
            assertThat(tab.page().getByLabel("Params as JSON"))
                    .hasAccessibleDescription(Pattern.compile("Expected JSON"));

            // when
            tab.page().getByLabel("Params as JSON").fill("{\"message\":\"as JSON\"}");
            tab.page().getByText("Options").click();
            tab.page().getByLabel("Priority").selectOption("high");
            tab.button("Add to Tags").click();
            tab.page().getByLabel("Tags 1", new Page.GetByLabelOptions().setExact(true)).fill("by-hand");
            tab.button("Submit job").click();

            // then
            assertThat(tab.status()).hasText("completed");
            JsonNode job = dashboard.rig().json("/api/v1/jobs/" + tab.jobId());
            assertThat(job.path("priority").asText()).isEqualTo("high");
            assertThat(job.path("tags").path(0).asText()).isEqualTo("by-hand");
            assertThat(tab.page().getByLabel("Result").first()).containsText("as JSON");
            tab.assertNothingToComplainAbout();
        }
    }
}
