package dev.leat.worker.plugin;

import java.util.List;

/** Plugins that cannot be hosted, with everything that is wrong with them: the worker does not start. */
public final class PluginRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    PluginRefusedException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    PluginRefusedException(String problem, Throwable cause) {
        super(problem, cause);
        this.problems = List.of(problem);
    }

    /** Each problem by itself, "Expected …, but …". */
    public List<String> problems() {
        return problems;
    }
}
