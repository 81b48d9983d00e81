package dev.leat.plugins.exec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which arguments a job may give a command.
 *
 * @param max how many at most
 * @param form what each of them matches, from its beginning to its end
 */
record ArgumentRule(int max, Pattern form) {

    static final ArgumentRule NONE = new ArgumentRule(0, Pattern.compile(""));

    /** @throws IllegalArgumentException if the number is negative */
    ArgumentRule {
        if (max < 0) {
            throw new IllegalArgumentException("Expected 0 arguments or more, but got a maximum of %d".formatted(max));
        }
    }

    /** What speaks against the arguments, if anything does. */
    Optional<String> refusal(List<String> arguments) {
        if (arguments.size() > max) {
            return Optional.of("Expected at most %d arguments, but got %d".formatted(max, arguments.size()));
        }
        return arguments.stream().filter(argument -> !allows(argument)).findFirst()
                .map(argument -> "Expected each argument to match %s, but got '%s'".formatted(form, argument));
    }

    private boolean allows(String argument) {
        // The operating system ends an argument at a zero, whatever the form says.
        return argument.indexOf('\0') < 0 && form.matcher(argument).matches();
    }
}
