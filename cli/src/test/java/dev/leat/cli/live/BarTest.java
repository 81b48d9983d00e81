package dev.leat.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class BarTest {

    private static String plain(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    @Test
    void shouldShowHowMuchIsDoneAndHowLongItTakesStill() {
        try (Bar bar = new Bar("nightly", 200, true, Duration.ofHours(1))) {
            assertThat(plain(bar.drawn(50, "about 12 s left", 80)))
                    .matches("nightly +25% ▕█+[▏▎▍▌▋▊▉]? +▏ +50/200 \\(1:00:0\\d / about 12 s left\\) *");
        }
    }

    @Test
    void shouldGrowAndShrinkWithTheTerminal() {
        try (Bar bar = new Bar("demo:prime", 100, false, Duration.ZERO)) {
            assertThat(plain(bar.drawn(40, "?", 120)).length()).isGreaterThan(plain(bar.drawn(40, "?", 70)).length());
            assertThat(plain(bar.drawn(100, "completed", 70))).contains("100% ▕██████████")
                    .hasSizeLessThanOrEqualTo(70);
        }
    }
}
