package dev.leat.worker.plugin;

import java.util.List;

/** Plugins that cannot be hosted, with everything that is wrong with them. */
public final class PluginRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems each by itself, "Expected …, but …" */
    public PluginRefusedException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public PluginRefusedException(String problem, Throwable cause) {
        super(problem, cause);
        this.problems = List.of(problem);
    }

    /** Each problem by itself, "Expected …, but …". */
    public List<String> problems() {
        return problems;
    }
}
