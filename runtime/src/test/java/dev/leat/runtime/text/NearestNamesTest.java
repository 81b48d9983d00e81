package dev.leat.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class NearestNamesTest {

    private static final List<String> KNOWN = List.of("demo:prime", "demo:echo", "demo:countdown", "mail:send");

    @Test
    void shouldFindNamesByDistance() {
        assertThat(NearestNames.of("demo:pirme", KNOWN, 1)).containsExactly("demo:prime");
        assertThat(NearestNames.of("Demo:Prime", KNOWN, 1)).containsExactly("demo:prime");
        assertThat(NearestNames.of("demo:countodwn", KNOWN, 3)).containsExactly("demo:countdown");
        assertThat(NearestNames.of("demo:ecko", KNOWN, 3)).containsExactly("demo:echo");
        assertThat(NearestNames.of("abc", List.of("abd", "xyz"), 3)).containsExactly("abd");
    }

    @Test
    void shouldOrderByDistanceThenName() {
        assertThat(NearestNames.of("aaaaaa", List.of("aaaabb", "aaabbb", "aaaaac", "aaaaab"), 4))
                .containsExactly("aaaaab", "aaaaac", "aaaabb");
    }

    @Test
    void shouldNotSuggestWhatIsFar() {
        assertThat(NearestNames.suggestion("completely-different", KNOWN)).isEmpty();
        assertThat(NearestNames.suggestion("x".repeat(100_000), KNOWN)).isEmpty();
        assertThat(NearestNames.suggestion("", KNOWN)).isEmpty();
    }

    @Test
    void shouldSuggestInWords() {
        assertThat(NearestNames.suggestion("mail:sned", KNOWN)).isEqualTo(" (did you mean \"mail:send\"?)");
    }
}
