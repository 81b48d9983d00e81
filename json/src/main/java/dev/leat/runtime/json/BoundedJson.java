package dev.leat.runtime.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON of strangers into a tree that is harmless to work on: of bounded depth, no name twice in an object, numbers
 * of a size that arithmetic copes with. A number of a whole value is a whole number in the tree, however it is written:
 * JSON Schema makes no difference between {@code 5}, {@code 5.0} and {@code 5e0}.
 */
final class BoundedJson {

    /** The most levels of objects and lists. */
    static final int MAX_DEPTH = 64;

    /** The most characters of one number. */
    static final int MAX_NUMBER_LENGTH = 128;

    /** The most decimal places, on either side of the point: what a double can hold, with its subnormals. */
    private static final int MAX_DECIMALS = 400;

    private static final JsonMapper MAPPER = JsonMapper
            .builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(MAX_NUMBER_LENGTH).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private BoundedJson() {}

    /**
     * Reads a text.
     *
     * @param errors gets what is wrong with single numbers
     * @throws Unreadable if the text is not JSON, or JSON beyond the bounds
     */
    static JsonNode read(String text, List<FieldError> errors) throws Unreadable {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree.isMissingNode()) {
                throw new Unreadable("Expected JSON, but got no text");
            }
            return normalized(tree, "", errors);
        } catch (StreamConstraintsException e) {
            throw new Unreadable(
                    "Expected JSON of at most %d levels and numbers of at most %d characters, but got more %s"
                            .formatted(MAX_DEPTH, MAX_NUMBER_LENGTH, position(e)));
        } catch (JacksonException e) {
            // The parser's own words name its classes and options; the place says enough.
            throw new Unreadable(
                    "Expected JSON, each field once in its object, but cannot read the text " + position(e));
        }
    }

    private static String position(JacksonException e) {
        var place = e.getLocation();
        return place == null ? "" : "at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }

    private static JsonNode normalized(JsonNode node, String pointer, List<FieldError> errors) {
        return switch (node) {
            case ObjectNode object -> normalizedFields(object, pointer, errors);
            case ArrayNode list -> normalizedItems(list, pointer, errors);
            default -> node.isBigDecimal() ? normalizedNumber(node, pointer, errors) : node;
        };
    }

    private static JsonNode normalizedFields(ObjectNode object, String pointer, List<FieldError> errors) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            field.setValue(normalized(field.getValue(), JsonPointers.child(pointer, field.getKey()), errors));
        }
        return object;
    }

    private static JsonNode normalizedItems(ArrayNode list, String pointer, List<FieldError> errors) {
        for (int i = 0; i < list.size(); i++) {
            list.set(i, normalized(list.get(i), pointer + "/" + i, errors));
        }
        return list;
    }

    private static JsonNode normalizedNumber(JsonNode node, String pointer, List<FieldError> errors) {
        BigDecimal value = node.decimalValue();
        if (Math.abs((long) value.scale()) > MAX_DECIMALS || Double.isInfinite(value.doubleValue())) {
            errors.add(new FieldError(pointer,
                    "Expected a number that fits into 64-bit floating point, but got " + value));
            return IntNode.valueOf(0);
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() > 0 ? node : wholeNumber(stripped.toBigIntegerExact());
    }

    private static JsonNode wholeNumber(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? LongNode.valueOf(value.longValue()) : BigIntegerNode.valueOf(value);
    }

    /** The text cannot be read; the reason is for who sent it. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        Unreadable(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
