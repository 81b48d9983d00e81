package dev.leat.runtime.json;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Says in the words of Leat what a validation found: "Expected …, but …". Immutable. */
final class ErrorWording {

    /** The most errors that are told one by one. */
    static final int MAX_ERRORS = 100;

    private static final int MAX_NAMES = 20;

    private final JsonNode schema;

    /** @param schema the whole schema, in which an error's context is looked up */
    ErrorWording(JsonNode schema) {
        this.schema = schema;
    }

    List<FieldError> of(List<Error> errors) {
        List<Error> telling = errors.stream().filter(error -> !onlySaysNotNull(error)).toList();
        Set<NodePath> wrongTypes = telling.stream().filter(ErrorWording::isAboutType).map(Error::getInstanceLocation)
                .collect(Collectors.toSet());
        List<FieldError> worded = telling.stream()
                .filter(error -> isAboutType(error) || !wrongTypes.contains(error.getInstanceLocation()))
                .map(this::worded)
                .distinct().limit(MAX_ERRORS + 1L).toList();
        return worded.size() <= MAX_ERRORS ? worded : cut(worded, errors.size());
    }

    /** What else is wrong with a value of the wrong type is of no interest. */
    private static boolean isAboutType(Error error) {
        return error.getKeyword().equals("type");
    }

    private static List<FieldError> cut(List<FieldError> worded, int total) {
        List<FieldError> told = new ArrayList<>(worded.subList(0, MAX_ERRORS));
        told.add(new FieldError("", "Expected params without errors, but there are %d; these are the first %d"
                .formatted(total, MAX_ERRORS)));
        return List.copyOf(told);
    }

    /** An optional object is "null or …": that it is not null is no news beside what is wrong with the object. */
    private static boolean onlySaysNotNull(Error error) {
        return isAboutType(error) && error.getSchemaNode().asString("").equals("null")
                && error.getEvaluationPath().toString().contains("/anyOf/");
    }

    private FieldError worded(Error error) {
        String pointer = pointer(error.getInstanceLocation());
        return switch (error.getKeyword()) {
            case "required" -> new FieldError(JsonPointers.child(pointer, error.getProperty()),
                    "Expected a value, but there is none");
            case "additionalProperties", "unevaluatedProperties" -> new FieldError(
                    JsonPointers.child(pointer, error.getProperty()), unknownField(error));
            default -> new FieldError(pointer,
                    "Expected %s, but got %s".formatted(expectation(error), JsonExcerpt.of(error.getInstanceNode())));
        };
    }

    private static String pointer(NodePath location) {
        String pointer = "";
        for (int i = 0; i < location.getNameCount(); i++) {
            pointer = JsonPointers.child(pointer, location.getElement(i).toString());
        }
        return pointer;
    }

    private String unknownField(Error error) {
        Collection<String> known = siblings(error).propertyNames();
        String name = JsonExcerpt.cut(error.getProperty(), 80);
        if (known.isEmpty()) {
            return "Expected no fields here, but got '%s'".formatted(name);
        }
        String names = known.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return "Expected one of the fields %s%s, but got '%s'"
                .formatted(names, known.size() > MAX_NAMES ? ", …" : "", name);
    }

    private JsonNode siblings(Error error) {
        return schema.at(JsonPointer.compile(error.getSchemaLocation().getFragment().toString()).head())
                .path("properties");
    }

    private static String expectation(Error error) {
        JsonNode wanted = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "type" -> types(wanted);
            case "minimum" -> "at least " + JsonExcerpt.of(wanted);
            case "maximum" -> "at most " + JsonExcerpt.of(wanted);
            case "exclusiveMinimum" -> "more than " + JsonExcerpt.of(wanted);
            case "exclusiveMaximum" -> "less than " + JsonExcerpt.of(wanted);
            case "multipleOf" -> "a multiple of " + JsonExcerpt.of(wanted);
            case "minLength" -> "text of at least %s characters".formatted(wanted);
            case "maxLength" -> "text of at most %s characters".formatted(wanted);
            case "pattern" -> "text that matches " + JsonExcerpt.cut(wanted.asString(), 200);
            case "format" -> "text of the format " + wanted.asString();
            case "enum" -> "one of " + choices(wanted);
            case "const" -> JsonExcerpt.of(wanted);
            case "minItems" -> "a list of at least %s items".formatted(wanted);
            case "maxItems" -> "a list of at most %s items".formatted(wanted);
            case "uniqueItems" -> "a list without equal items";
            default -> "what the schema's '%s' says".formatted(error.getKeyword());
        };
    }

    private static String types(JsonNode wanted) {
        if (wanted.isArray()) {
            return wanted.valueStream().map(ErrorWording::types).collect(Collectors.joining(" or "));
        }
        return switch (wanted.asString()) {
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "string" -> "text";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "an object";
            default -> wanted.asString();
        };
    }

    private static String choices(JsonNode wanted) {
        return wanted.valueStream().limit(MAX_NAMES).map(Object::toString)
                .map(choice -> JsonExcerpt.cut(choice, MAX_NAMES * 4))
                .collect(Collectors.joining(", ", "", wanted.size() > MAX_NAMES ? ", …" : ""));
    }
}
