package dev.leat.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The dashboard in one tab, and what the browser has complained about in it. For the thread that made it. */
final class Tab implements AutoCloseable {

    private final Page page;
    private final URI server;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Tab(BrowserContext context, URI server) {
        this.server = server;
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    Page page() {
        return page;
    }

    /** Shows a view, such as {@code queue?status=failed}, and waits until it is there and live. */
    Tab show(String view) {
        page.navigate(server + "/#/" + view);
        assertThat(page.locator("main h1")).isVisible();
        awaitLive();
        return this;
    }

    void awaitLive() {
        assertThat(page.locator(".connection-state")).hasText(Pattern.compile("^Live"));
    }

    Locator row(String jobId) {
        return page.locator("#job-" + jobId);
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator rows(String text) {
        return page.locator(".job-row").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** The first status that the view shows, of the job in its details. */
    Locator status() {
        return page.locator(".summary .status").first();
    }

    /** Of the job that is shown. */
    String jobId() {
        page.waitForURL(Pattern.compile(".*#/jobs/.*"));
        return page.url().replaceAll(".*#/jobs/", "");
    }

    /** No part of the page is wider than the screen. */
    void assertFitsItsWidth() {
        Object widths = page.evaluate("""
                () => [document.documentElement, document.querySelector("main"), document.querySelector("header")]
                    .filter((element) => element.scrollWidth > element.clientWidth)
                    .map((element) => `${element.tagName} ${element.scrollWidth} > ${element.clientWidth}`).join()""");
        assertThat(widths).as("what is wider than the screen in %s", page.url()).isEqualTo("");
    }

    void assertAccessible() {
        List<String> violations = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations()
                .stream()
                .map(Tab::inWords)
                .toList();
        assertThat(violations).as("violations in %s", page.url()).isEmpty();
    }

    private static String inWords(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().limit(3).map(node -> node.getTarget() + " " + node.getFailureSummary())
                        .toList();
    }

    void assertNothingToComplainAbout() {
        assertNothingToComplainAbout(complaint -> false);
    }

    void assertNothingToComplainAbout(Predicate<String> expected) {
        assertThat(complaints.stream().filter(complaint -> !expected.test(complaint))).isEmpty();
    }

    @Override
    public void close() {
        page.close();
    }
}
