package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecInputTest {

    @Test
    void shouldRefusePathsThatLeadOutOfTheDirectory() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> Inputs.withFiles(Inputs.of("c"), Map.of("../x", InputFile.of(""))));
        assertThatIllegalArgumentException().isThrownBy(() -> Inputs.withOutputs(Inputs.of("c"), "/etc/passwd"));
    }

    @Test
    void shouldRefuseAFileThatIsAFolderToo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Inputs.withFiles(Inputs.of("c"),
                        Map.of("a", InputFile.of("1"), "a/b", InputFile.of("2"), "ab", InputFile.of("3"))))
                .withMessage("Expected 'a' to be a file, but 'a/b' makes it a folder");
    }

    @Test
    void shouldRefuseAFileWithoutOneContent() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InputFile(Optional.empty(), Optional.empty()))
                .withMessage("Expected a file to have either 'text' or 'base64', but it has neither");
        assertThatIllegalArgumentException().isThrownBy(() -> new InputFile(Optional.of(""), Optional.of("")))
                .withMessage("Expected a file to have either 'text' or 'base64', but it has both");
        assertThatIllegalArgumentException().isThrownBy(() -> new InputFile(Optional.empty(), Optional.of("?")))
                .withMessageStartingWith("Expected a file in Base64, but: ");
    }

    @Test
    void shouldCountAllThatTheCommandIsGiven() {
        ExecInput input = Inputs.withStdin(Inputs.withFiles(Inputs.of("c", "no content"),
                Map.of("a", InputFile.of("äö"), "b", new InputFile(Optional.empty(), Optional.of("AAEC")))), "ü");

        assertThat(input.bytes()).isEqualTo(4 + 3 + 2);
    }
}
