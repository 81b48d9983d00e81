package dev.leat.cli.params;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Params of a job from words of the form {@code key=value}, each value of the type that the job type's schema says: numbers,
 * booleans, words of a list in any case, lists as {@code a,b} or by the key again, objects as JSON or by {@code key.member}.
 * {@code key:=JSON} is taken as it is. What the schema does not know is guessed, and left to the server to judge.
 */
public final class CommandLineParams {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,30}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?");
    private static final Pattern WORD = Pattern.compile("(?<key>[^=:]+)(?<raw>:?)=(?<value>.*)", Pattern.DOTALL);

    private final ParamSchema schema;
    private final ObjectNode params;

    private CommandLineParams(ParamSchema schema, ObjectNode params) {
        this.schema = schema;
        this.params = params;
    }

    /**
     * Puts them together.
     *
     * @param schema the JSON Schema of the job type's params
     * @param given params that are there already, over which the words win
     * @throws InvalidParamException with the first word that cannot be read
     */
    public static ObjectNode of(JsonNode schema, ObjectNode given, List<String> words) {
        CommandLineParams all = new CommandLineParams(ParamSchema.of(schema), given.deepCopy());
        words.forEach(all::add);
        return all.params;
    }

    private void add(String word) {
        var parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new InvalidParamException("Expected a parameter as key=value, but got '" + word + "'");
        }
        put(params, schema, parts.group("key"), parts.group("key"), parts.group("value"),
                !parts.group("raw").isEmpty());
    }

    private void put(ObjectNode object, ParamSchema of, String key, String whole, String value, boolean raw) {
        int dot = key.indexOf('.');
        if (dot > 0 && !of.names(key)) {
            String first = key.substring(0, dot);
            JsonNode inner = object.path(first);
            put(inner instanceof ObjectNode there ? there : object.putObject(first), of.member(first),
                    key.substring(dot + 1), whole, value, raw);
            return;
        }
        ParamSchema member = of.member(key);
        JsonNode made = raw ? parsed(whole, value) : value(whole, value, member);
        JsonNode before = object.path(key);
        if (!raw && before instanceof ArrayNode list && made instanceof ArrayNode more) {
            list.addAll(more);
        } else {
            object.set(key, made);
        }
    }

    private static JsonNode value(String key, String text, ParamSchema schema) {
        Set<String> types = schema.types();
        if (text.equals("null") && types.contains("null")) {
            return NODES.nullNode();
        }
        if (types.contains("array")) {
            return list(key, text, schema);
        }
        if (types.contains("object") && (text.startsWith("{") || !types.contains("string"))) {
            return parsed(key, text);
        }
        return scalar(key, text, types, schema.choices());
    }

    private static JsonNode scalar(String key, String text, Set<String> types, List<String> choices) {
        if (types.isEmpty() || types.equals(Set.of("null"))) {
            return guessed(text);
        }
        if ((types.contains("integer") || types.contains("number")) && INTEGER.matcher(text).matches()) {
            return NODES.numberNode(new BigInteger(text));
        }
        if (types.contains("number") && NUMBER.matcher(text).matches()) {
            return NODES.numberNode(new BigDecimal(text));
        }
        if (types.contains("boolean") && (text.equals("true") || text.equals("false"))) {
            return NODES.booleanNode(text.equals("true"));
        }
        if (types.contains("string")) {
            return NODES.textNode(choice(text, choices));
        }
        throw new InvalidParamException("Expected %s to be %s, but got '%s'".formatted(key, wording(types), text));
    }

    /** As the schema writes it; the server says what is wrong with a word that is none of them. */
    private static String choice(String text, List<String> choices) {
        return choices.stream().filter(text::equalsIgnoreCase).findFirst().orElse(text);
    }

    private static String wording(Set<String> types) {
        return String.join(" or ", types.stream().filter(type -> !type.equals("null"))
                .map(type -> (type.equals("integer") ? "an " : "a ") + type).toList());
    }

    private static JsonNode list(String key, String text, ParamSchema schema) {
        if (text.startsWith("[")) {
            return parsed(key, text);
        }
        ArrayNode list = NODES.arrayNode();
        if (!text.isEmpty()) {
            for (String item : text.split(",", -1)) {
                list.add(value(key, item, schema.items()));
            }
        }
        return list;
    }

    private static JsonNode guessed(String text) {
        boolean plain = INTEGER.matcher(text).matches() || text.equals("true") || text.equals("false")
                || text.startsWith("{") || text.startsWith("[");
        try {
            return plain ? JSON.readTree(text) : NODES.textNode(text);
        } catch (JacksonException noJson) {
            return NODES.textNode(text);
        }
    }

    private static JsonNode parsed(String key, String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isMissingNode()) {
                return node;
            }
        } catch (JacksonException noJson) {
            throw refused(key, text);
        }
        throw refused(key, text);
    }

    private static InvalidParamException refused(String key, String text) {
        return new InvalidParamException("Expected %s to be JSON, but got '%s'".formatted(key, text));
    }
}
