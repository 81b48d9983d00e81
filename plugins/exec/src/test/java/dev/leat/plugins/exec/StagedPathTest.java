package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "/etc/passwd", "../secret", "a/../../secret", "a/..", "a//b", "a/", "./a",
            "a/.", "a\0b"})
    void shouldRefuseWhatLeadsOutOrNowhere(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> StagedPath.of(path))
                .withMessageStartingWith("Expected the path of a file below the directory of the command");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b/c.txt", ".hidden", "..a", "a b", "-rf", "a\\b"})
    void shouldTakeWhatLeadsDown(String path) {
        Path directory = Path.of("/staged");

        assertThat(StagedPath.of(path).in(directory)).startsWithRaw(directory).isEqualTo(directory.resolve(path))
                .isEqualTo(directory.resolve(path).normalize());
    }

    @Test
    void shouldNameTheFolderOfAFile() {
        Path directory = Path.of("/staged");

        assertThat(StagedPath.of("a/b/c").folderIn(directory)).isEqualTo(Path.of("/staged/a/b"));
        assertThat(StagedPath.of("a").folderIn(directory)).isEqualTo(directory);
    }
}
