package dev.leat.submit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, cursors and excerpts as text. */
class DeadLetterTextTest {

    @Test
    void shouldReadTheIdsThatItWrites() {
        DeadLetterId id = new DeadLetterId(3, 1_742);
        assertThat(id).hasToString("3-1742");
        assertThat(DeadLetterId.parse("3-1742")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3-", "-1", "3--1", "3@1", "a-b", "3-1 ", "99999999999-1",
            "1-9999999999999999999", "٣-١"})
    void shouldSayWhatAnIdIs(String text) {
        assertThatThrownBy(() -> DeadLetterId.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected the id of a dead letter as 'partition-offset', but got '" + text);
    }

    @Test
    void shouldReadTheCursorsThatItWrites() {
        DeadLetterPlace place = new DeadLetterPlace(Instant.ofEpochMilli(-5), new DeadLetterId(3, 1_742));
        assertThat(DeadLetterPlace.ofCursor(place.cursor())).isEqualTo(place);
        assertThat(place.cursor()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!", "YWJj", "OjE", "MTo", "MTozLTE3NDJ4"})
    void shouldRefuseOtherCursors(String cursor) {
        assertThatThrownBy(() -> DeadLetterPlace.ofCursor(cursor)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a cursor that came with a list, but got another");
    }

    @Test
    void shouldShowTextAsTextAndAllElseInBase64() {
        assertThat(Bytes.of("grün".getBytes(UTF_8), 10))
                .isEqualTo(new Bytes(Optional.of("grün"), Optional.empty(), 5, false));
        assertThat(Bytes.of("grün".getBytes(UTF_8), 3))
                .isEqualTo(new Bytes(Optional.of("grü"), Optional.empty(), 5, true));
        assertThat(Bytes.of("a🜄b".getBytes(UTF_8), 2))
                .isEqualTo(new Bytes(Optional.of("a"), Optional.empty(), 6, true));
        assertThat(Bytes.of(new byte[]{(byte) 0xff, 1, 2}, 2))
                .isEqualTo(new Bytes(Optional.empty(), Optional.of("/wE="), 3, true));
        assertThat(Bytes.of(new byte[0], 2)).isEqualTo(new Bytes(Optional.of(""), Optional.empty(), 0, false));
        assertThat(Bytes.inBase64("abc".getBytes(UTF_8), 3))
                .isEqualTo(new Bytes(Optional.empty(), Optional.of("YWJj"), 3, false));
    }
}
