package dev.leat.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class TableTest {

    private static final int WIDE = 1000;

    private static Table table() {
        return new Table().column("ID").status("STATUS").number("TRY").elastic("WHAT");
    }

    @Test
    void shouldAlignWordsLeftAndNumbersRight() {
        Table table = table().row("a", "failed", "1", "dry").row("bcd", "completed", "10", "");

        assertThat(table.lines(WIDE, Style.PLAIN)).containsExactly(
                "ID   STATUS     TRY  WHAT",
                "a    failed       1  dry",
                "bcd  completed   10");
    }

    @Test
    void shouldCutElasticColumnsAtTheWidthOfTheTerminal() {
        Table table = table().row("a", "failed", "1", "the mill ran dry in the night");

        List<String> lines = table.lines(32, Style.PLAIN);

        assertThat(lines.getLast()).isEqualTo("a   failed    1  the mill ran d…");
        assertThat(lines).allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(32));
    }

    @Test
    void shouldNeverBeWiderThanTheTerminalHoweverNarrow() {
        Table table = table().row("a", "failed", "1", "the mill ran dry").row("漢字漢字", "queued", "2", "漢字漢字漢字");

        for (int width = 1; width < 40; width++) {
            int columns = width;
            assertThat(table.lines(columns, Style.PLAIN))
                    .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void shouldColourStatusesWithoutMovingWhatFollows() {
        List<String> plain = table().row("a", "failed", "1", "dry").lines(WIDE, Style.PLAIN);
        List<String> coloured = table().row("a", "failed", "1", "dry").lines(WIDE, Style.COLOURED);

        assertThat(coloured.getLast()).contains("\u001b[31mfailed");
        assertThat(coloured).map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void shouldTakeControlCharactersOutOfCells() {
        Table table = new Table().elastic("WHAT").row("red \u001b[31m\r\nline\u202e two");

        assertThat(table.lines(WIDE, Style.PLAIN).getLast()).isEqualTo("red  [31m  line  two");
    }
}
