package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedOutputTest {

    /** In pieces of several sizes, as they come from a pipe: shorter than the halves, and longer than all. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 7, 100})
    void shouldKeepTheBeginningAndTheEnd(int piece) {
        BoundedOutput output = new BoundedOutput(8);

        append(output, "abcdefghijklmnop", piece);

        assertThat(output.isTruncated()).isTrue();
        assertThat(output.text()).isEqualTo("abcd\n[8 bytes left out]\nmnop");
        assertThat(output.lastCharacters(3)).isEqualTo("nop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abcd", "abcde", "abcdefgh"})
    void shouldKeepAllOfWhatFits(String text) {
        BoundedOutput output = new BoundedOutput(8);

        append(output, text, 3);

        assertThat(output.isTruncated()).isFalse();
        assertThat(output.text()).isEqualTo(text);
    }

    @Test
    void shouldNotCutCharactersInTwo() {
        BoundedOutput output = new BoundedOutput(7);

        append(output, "äöüäöü", 5);

        assertThat(output.text()).isEqualTo("ä\n[6 bytes left out]\nöü");
    }

    @Test
    void shouldKeepNothingWhereNothingIsToBeKept() {
        BoundedOutput output = new BoundedOutput(0);

        append(output, "abc", 2);

        assertThat(output.isTruncated()).isTrue();
        assertThat(output.text()).isEqualTo("\n[3 bytes left out]\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000, 20_000})
    void shouldCutIntoLines(int piece) {
        List<String> lines = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(lines::add);
        String longLine = "ü".repeat(4900);
        byte[] bytes = ("one\r\n\n" + longLine + "\nlast").getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < bytes.length; i += piece) {
            byte[] next = Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + piece));
            splitter.accept(next, next.length);
        }
        splitter.end();

        String full = "ü".repeat(1000);
        assertThat(lines).containsExactly("one", "", full, full, full, full, "ü".repeat(900), "last");
    }

    private static void append(BoundedOutput output, String text, int piece) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += piece) {
            byte[] next = Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + piece));
            output.append(next, next.length);
        }
    }
}
