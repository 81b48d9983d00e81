package dev.leat.runtime.json;

import tools.jackson.databind.JsonNode;

/** Values as messages show them: recognisable, and short whatever was sent. */
final class JsonExcerpt {

    private static final int MAX_LENGTH = 80;

    private JsonExcerpt() {}

    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "the text \"" + cut(value.asString(), MAX_LENGTH) + "\"";
            default -> cut(value.toString(), MAX_LENGTH);
        };
    }

    static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
