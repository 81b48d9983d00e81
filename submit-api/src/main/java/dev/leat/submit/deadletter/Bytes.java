package dev.leat.submit.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Bytes that may be anything, for people: as text where they are UTF-8, else in base64, and not more of them than there
 * is room for.
 *
 * @param text the beginning, where all of them are UTF-8
 * @param base64 the beginning, where they are not, or nobody wants text
 * @param bytes how many there are
 * @param truncated whether more follow than are shown
 */
public record Bytes(Optional<String> text, Optional<String> base64, int bytes, boolean truncated) {

    /** As text of at most {@code max} characters, or as {@code max} bytes in base64. */
    public static Bytes of(byte[] bytes, int max) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            String shown = text.length() <= max ? text : text.substring(0, wholeCharacters(text, max));
            return new Bytes(Optional.of(shown), Optional.empty(), bytes.length, shown.length() < text.length());
        } catch (CharacterCodingException e) {
            return inBase64(bytes, max);
        }
    }

    /** At most {@code max} of the bytes in base64. */
    public static Bytes inBase64(byte[] bytes, int max) {
        byte[] shown = bytes.length <= max ? bytes : Arrays.copyOf(bytes, max);
        return new Bytes(Optional.empty(), Optional.of(Base64.getEncoder().encodeToString(shown)), bytes.length,
                shown.length < bytes.length);
    }

    /** Half of a surrogate pair is no text. */
    private static int wholeCharacters(String text, int max) {
        return Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    }
}
