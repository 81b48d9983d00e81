package dev.leat.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import dev.leat.runtime.settings.ConfigurationPage;

/** Keeps {@code docs/configuration.md} true: the page is rendered from the options of all services. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    /** Run with {@code -Dleat.docs.write=true} to write the page anew. */
    @Test
    void shouldShowEveryOption() throws IOException {
        String page = ConfigurationPage.of(Options.CATALOG);
        if (Boolean.getBoolean("leat.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }
}
