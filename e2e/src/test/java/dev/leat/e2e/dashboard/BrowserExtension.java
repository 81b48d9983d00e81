package dev.leat.e2e.dashboard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Browser} that is installed on this machine; none is downloaded. All test classes of a JVM share
 * it. Where there is none, the tests are skipped, but not in continuous integration, where they fail.
 */
public final class BrowserExtension implements ParameterResolver, ExecutionCondition {

    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);
    private static final List<String> USUAL_PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome", "/snap/bin/chromium", "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    /** A browser that asks nothing of the network by itself. */
    private static final List<String> QUIET = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync");

    /** The browser with the driver that it hangs on. */
    private record Running(Playwright driver, Browser browser) implements AutoCloseable {

        static Running start() {
            Playwright driver = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            return new Running(driver, driver.chromium()
                    .launch(new LaunchOptions().setExecutablePath(installed().orElseThrow(
                            () -> new IllegalStateException("Expected Chromium in one of " + USUAL_PLACES)))
                            .setArgs(QUIET)));
        }

        @Override
        public void close() {
            driver.close();
        }
    }

    private static Optional<Path> installed() {
        return Stream.concat(Optional.ofNullable(System.getenv("LEAT_TEST_CHROMIUM")).stream(), USUAL_PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean wanted = installed().isPresent() || System.getenv("CI") != null;
        return wanted
                ? ConditionEvaluationResult.enabled("There is a browser, or there has to be one")
                : ConditionEvaluationResult.disabled("Needs Chromium in one of " + USUAL_PLACES
                        + ", or where LEAT_TEST_CHROMIUM says");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .browser();
    }
}
