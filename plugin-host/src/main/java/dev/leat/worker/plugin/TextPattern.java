package dev.leat.worker.plugin;

import com.github.victools.jsonschema.generator.FieldScope;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** The one regular expression that a text's {@code @Pattern} and {@code @NotBlank} come to in JSON Schema. */
final class TextPattern {

    private TextPattern() {}

    static @Nullable String of(FieldScope field) {
        Pattern pattern = ScopeAnnotations.of(field, Pattern.class);
        boolean notBlank = ScopeAnnotations.of(field, NotBlank.class) != null;
        if (pattern == null) {
            return notBlank ? "\\S" : null;
        }
        // In an annotation a pattern is about the whole text, in JSON Schema about any part of it.
        return "^%s(?:%s)$".formatted(notBlank ? "(?=[\\s\\S]*\\S)" : "", pattern.regexp());
    }
}
