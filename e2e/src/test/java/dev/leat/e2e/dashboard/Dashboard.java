package dev.leat.e2e.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** The rig and the browser together: what each test of the dashboard begins with. */
record Dashboard(DashboardRig rig, Browser browser) {

    /** Whatever is waited for comes within that on the slowest machine; in milliseconds. */
    private static final double PATIENCE = 30_000;

    Dashboard {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    /** A browser of somebody at a desk, with nothing remembered. */
    BrowserContext desktop() {
        return browser.newContext(new Browser.NewContextOptions().setViewportSize(1360, 800));
    }

    Tab tab(BrowserContext context) {
        return new Tab(context, rig.url());
    }
}
