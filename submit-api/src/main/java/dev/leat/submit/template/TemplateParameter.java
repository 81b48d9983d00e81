package dev.leat.submit.template;

import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A gap of a template.
 *
 * @param required whether each run has to say it; false where there is a default
 */
record TemplateParameter(Type type, Optional<JsonNode> standard, boolean required) {

    /** What may stand in the gap. */
    enum Type {
        STRING {
            @Override
            boolean holds(JsonNode value) {
                return value.isTextual();
            }
        },
        INTEGER {
            @Override
            boolean holds(JsonNode value) {
                return value.isIntegralNumber();
            }
        },
        NUMBER {
            @Override
            boolean holds(JsonNode value) {
                return value.isNumber();
            }
        },
        BOOLEAN {
            @Override
            boolean holds(JsonNode value) {
                return value.isBoolean();
            }
        };

        abstract boolean holds(JsonNode value);

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
