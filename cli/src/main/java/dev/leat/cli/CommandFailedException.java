package dev.leat.cli;

import java.util.List;

/** A command cannot do what it was asked for; the message and its details are for the user. */
public class CommandFailedException extends RuntimeException {

    private final transient Exit exit;
    private final transient List<String> details;

    /**
     * With nothing to add.
     *
     * @param message a sentence: what was expected, and what came
     */
    public CommandFailedException(Exit exit, String message) {
        this(exit, message, List.of());
    }

    /**
     * With lines that follow the message.
     *
     * @param details a line each, such as a wrong field
     */
    public CommandFailedException(Exit exit, String message, List<String> details) {
        super(message);
        this.exit = exit;
        this.details = List.copyOf(details);
    }

    /** What the process is to end with. */
    public Exit exit() {
        return exit;
    }

    /** Lines that belong below the message. */
    public List<String> details() {
        return details;
    }
}
