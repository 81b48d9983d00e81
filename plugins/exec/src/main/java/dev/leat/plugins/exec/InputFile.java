package dev.leat.plugins.exec;

import dev.leat.plugin.Description;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

@Description("What a file contains: text, or bytes in Base64; one of the two.")
record InputFile(@Description("The content as text, written in UTF-8.") Optional<String> text,
        @Description("The content as bytes in Base64 (RFC 4648, section 4).") Optional<String> base64) {

    InputFile {
        if (text.isPresent() == base64.isPresent()) {
            throw new IllegalArgumentException("Expected a file to have either 'text' or 'base64', but it has %s"
                    .formatted(text.isPresent() ? "both" : "neither"));
        }
        base64.ifPresent(encoded -> {
            if (decode(encoded).length == 0 && !encoded.isEmpty()) {
                throw new IllegalArgumentException("Expected the Base64 of a file, but got no more than its padding");
            }
        });
    }

    static InputFile of(String text) {
        return new InputFile(Optional.of(text), Optional.empty());
    }

    byte[] bytes() {
        return text.map(characters -> characters.getBytes(StandardCharsets.UTF_8))
                .or(() -> base64.map(InputFile::decode)).orElseThrow();
    }

    private static byte[] decode(String encoded) {
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Expected a file in Base64, but: " + e.getMessage(), e);
        }
    }
}
