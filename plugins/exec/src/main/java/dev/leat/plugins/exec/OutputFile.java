package dev.leat.plugins.exec;

import dev.leat.plugin.Description;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

@Description("A file that the command has left.")
record OutputFile(@Description("The content, where it is text in UTF-8.") Optional<String> text,
        @Description("The content in Base64, where it is no text.") Optional<String> base64,
        @Description("How long the file is, in bytes.") long bytes,
        @Description("Whether the content ends before the file does, as the operator's limit has it.") boolean truncated) {

    /**
     * Puts a content into the form that suits it.
     *
     * @param beginning as much of the file as there is room for
     * @param bytes how long the file is
     */
    static OutputFile of(byte[] beginning, long bytes) {
        boolean truncated = beginning.length < bytes;
        // A limit may cut a character in two, which does not make a text something else.
        int end = truncated ? Utf8.endOfWholeCharacters(beginning, beginning.length) : beginning.length;
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(beginning, 0, end)).toString();
            return new OutputFile(Optional.of(text), Optional.empty(), bytes, truncated);
        } catch (CharacterCodingException e) {
            String encoded = Base64.getEncoder().encodeToString(Arrays.copyOf(beginning, beginning.length));
            return new OutputFile(Optional.empty(), Optional.of(encoded), bytes, truncated);
        }
    }
}
