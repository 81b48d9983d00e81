package dev.leat.runtime.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page of a list ended that is sorted by names, as text that means nothing to anybody else. */
public final class NameCursor {

    private NameCursor() {}

    /** The cursor of a page whose last entry has that name. */
    public static String of(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The name of the last entry of the page before.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static String parse(String cursor) {
        try {
            byte[] name = Base64.getUrlDecoder().decode(cursor);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
        } catch (IllegalArgumentException | CharacterCodingException notOurs) {
            throw new IllegalArgumentException("Expected a cursor that came with a list, but got another", notOurs);
        }
    }
}
