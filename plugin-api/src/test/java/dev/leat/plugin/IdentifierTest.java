package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "demo", "image-tools", "v2", "2nd", "a--b"})
    void shouldTakeLowerCaseLettersDigitsAndDashes(String text) {
        assertThat(Identifier.require("a plugin id", text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Demo", "-a", "a-", "a.b", "a:b", "a b", "ä", "a\n", "a_b"})
    void shouldRefuseEverythingElse(String text) {
        assertThat(Identifier.isValid(text)).isFalse();
        assertThatThrownBy(() -> Identifier.require("a plugin id", text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected a plugin id of 1 to 60 lower-case letters")
                .hasMessageEndingWith("but got '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 61})
    void shouldBoundTheLength(int length) {
        assertThat(Identifier.isValid("x".repeat(length))).isEqualTo(length <= Identifier.MAX_LENGTH);
    }
}
