package dev.leat.runtime.settings;

import java.util.Map;

/**
 * A family of options that Leat hands on to a library as they are: {@code leat.kafka.security.protocol} becomes the
 * Kafka client property {@code security.protocol}. Their values may be credentials, so none is ever shown.
 *
 * @param prefix  ends with a dot
 * @param meaning one sentence for the configuration page
 * @param refused properties that may not be set, each with the reason, as a clause that follows the name ("is always
 *                all: …")
 */
public record PrefixOption(String prefix, String meaning, Map<String, String> refused) {
    public PrefixOption {
        if (!prefix.startsWith("leat.") || !prefix.endsWith(".")) {
            throw new IllegalArgumentException("Expected a prefix such as leat.kafka., but was " + prefix);
        }
        refused = Map.copyOf(refused);
    }

    /** Whether the key is one of this family: it has more than the prefix. */
    boolean covers(String key) {
        return key.length() > prefix.length() && key.startsWith(prefix);
    }

    String property(String key) {
        return key.substring(prefix.length());
    }
}
