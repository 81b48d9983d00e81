package dev.leat.plugins.site.content;

import dev.leat.plugins.site.path.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 as plain values: text, numbers, truth values, lists and maps. No tag makes any other object, keys are given
 * once, and aliases do not multiply.
 */
public final class Yaml {

    /** Enough for repeated lists, far too few for a document that doubles with each line. */
    private static final int MOST_ALIASES = 50;

    private Yaml() {}

    /**
     * Reads a map with text keys; an empty document is the empty map.
     *
     * @param most how many characters the text may have
     * @throws RefusedException if the text is something else
     */
    public static Fields read(String text, int most) throws RefusedException {
        LoadSettings settings = LoadSettings.builder().setCodePointLimit(most).setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        Object value;
        try {
            value = new Load(settings).loadFromString(text);
        } catch (YamlEngineException | StackOverflowError e) {
            throw new RefusedException("Expected YAML, but got %s".formatted(firstLine(e)));
        }
        if (value == null) {
            return new Fields(Map.of());
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new RefusedException("Expected a map of keys and values in YAML, but got another value");
        }
        return new Fields(withTextKeys(map));
    }

    /** Writes a map so that {@link #read} gives it again. */
    public static String write(Map<String, Object> map) {
        return new Dump(DumpSettings.builder().build()).dumpToString(map);
    }

    private static Map<String, Object> withTextKeys(Map<?, ?> map) throws RefusedException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new RefusedException("Expected keys to be text, but got '%s'".formatted(entry.getKey()));
            }
            if (entry.getValue() != null) {
                fields.put(key, entry.getValue());
            }
        }
        return fields;
    }

    private static String firstLine(Throwable e) {
        return e instanceof StackOverflowError || e.getMessage() == null
                ? "too many levels"
                : e.getMessage().strip().replaceAll("\\s*\\n\\s*", " ");
    }
}
