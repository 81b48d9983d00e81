package dev.leat.submit.template;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Fills the gaps in texts of JSON: <code>${name}</code>. A text that is a placeholder alone becomes the value, with its
 * type; within a longer text the value is written out. <code>$${</code> stands for <code>${</code>. What is filled in is
 * not looked at again. Pure.
 */
final class Placeholders {

    private static final Pattern GAP = Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]{0,59})}");

    private Placeholders() {}

    /** The names in all texts below the node, in order. */
    static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        collect(node, names);
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isTextual()) {
            GAP.matcher(node.textValue())
                    .results()
                    .map(gap -> gap.group(1))
                    .filter(name -> name != null)
                    .forEach(names::add);
        }
        node.forEach(child -> collect(child, names));
    }

    /**
     * The node with its gaps filled.
     *
     * @param values of each name that occurs
     */
    static JsonNode fill(JsonNode node, Map<String, JsonNode> values) {
        if (node.isTextual()) {
            return text(node.textValue(), values);
        }
        if (node.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(item -> filled.add(fill(item, values)));
            return filled;
        }
        if (node.isObject()) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(member -> filled.set(member.getKey(), fill(member.getValue(), values)));
            return filled;
        }
        return node;
    }

    private static JsonNode text(String text, Map<String, JsonNode> values) {
        Matcher whole = GAP.matcher(text);
        if (whole.matches() && whole.group(1) != null) {
            return value(whole.group(1), values);
        }
        return TextNode.valueOf(GAP.matcher(text).replaceAll(gap -> Matcher.quoteReplacement(written(gap, values))));
    }

    private static String written(MatchResult gap, Map<String, JsonNode> values) {
        return gap.group(1) == null ? "${" : value(gap.group(1), values).asText();
    }

    private static JsonNode value(String name, Map<String, JsonNode> values) {
        JsonNode value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Expected a value of ${" + name + "}, but there is none");
        }
        return value;
    }
}
