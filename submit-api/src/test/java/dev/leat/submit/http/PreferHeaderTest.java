package dev.leat.submit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferHeaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
            "wait=10|10",
            "wait=0|0",
            "WAIT = 10|10",
            "wait=\"10\"|10",
            "respond-async, wait=10|10",
            "wait=10; a=\"b;c\", handling=lenient|10",
            "foo=\"a, wait=3\", wait=10|10",
            "foo=\"a\\\", wait=3\", wait=10|10",
            "wait=10, wait=20|10",
            ", ,wait=10|10",
            "wait=99999999999999999999|2147483647"})
    void shouldReadTheWait(String header, int seconds) {
        assertThat(PreferHeader.waitSeconds(List.of(header))).hasValue(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=\"\"", "wait=-1", "wait=1.5", "wait=+1", "wait=ten", "wait=1 0",
            "waiting=10", "foo; wait=10", "foo=\"wait=10", "foo=\"\\", "=10", "wait=\"", "wait=٣"})
    void shouldPassOverWhatSaysNothing(String header) {
        assertThat(PreferHeader.waitSeconds(List.of(header))).isEmpty();
    }

    @Test
    void shouldReadAHeaderThatComesInParts() {
        assertThat(PreferHeader.waitSeconds(List.of("respond-async", "wait=7", "wait=8"))).hasValue(7);
        assertThat(PreferHeader.waitSeconds(List.of())).isEmpty();
    }
}
