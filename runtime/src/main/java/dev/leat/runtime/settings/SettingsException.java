package dev.leat.runtime.settings;

import java.util.List;

/** The configuration is wrong; the message lists everything that is, not only the first thing. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Not kept by serialization; the message has them all. */
    private final transient List<String> errors;

    public SettingsException(List<String> errors) {
        super("Expected a valid configuration, but found " + errors.size()
                + (errors.size() == 1 ? " error:" : " errors:")
                + String.join("", errors.stream().map(error -> System.lineSeparator() + "  - " + error).toList()));
        this.errors = List.copyOf(errors);
    }

    /** Each a sentence of its own, without any secret value. */
    public List<String> errors() {
        return errors;
    }
}
