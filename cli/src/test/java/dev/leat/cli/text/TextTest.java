package dev.leat.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void shouldCountColumnsNotCharacters() {
        assertThat(Text.width("mill")).isEqualTo(4);
        assertThat(Text.width("漢字")).isEqualTo(4);
        assertThat(Text.width("e\u0301")).isEqualTo(1);
    }

    @Test
    void shouldCutToColumnsWithAnEllipsis() {
        assertThat(Text.cut("mill", 4)).isEqualTo("mill");
        assertThat(Text.cut("mills", 4)).isEqualTo("mil…");
        assertThat(Text.cut("漢字漢字", 4)).isEqualTo("漢…");
        assertThat(Text.cut("mill", 0)).isEmpty();
    }
}
