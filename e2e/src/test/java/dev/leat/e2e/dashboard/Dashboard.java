package dev.leat.e2e.dashboard;

import java.time.Duration;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** The rig and the browser together: what each test of the dashboard begins with. */
record Dashboard(DashboardRig rig, Browser browser) {

    /** Whatever is waited for comes within that on the slowest machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    Dashboard {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
    }

    /** A browser of somebody at a desk, with nothing remembered. */
    BrowserContext desktop() {
        return browser.newContext(new Browser.NewContextOptions().setViewportSize(1360, 800));
    }

    Tab tab(BrowserContext context) {
        return new Tab(context, rig.url());
    }
}
