package dev.leat.runtime.http;

import com.fasterxml.jackson.core.JacksonException;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;

/** Problems of a path variable, a query parameter or a header, and of a body where Micronaut reports it as one. */
final class MalformedArgument {

    private static final int LONGEST_EXCERPT = 60;

    private MalformedArgument() {}

    static Problem missing(Argument<?> argument) {
        return badRequest("Expected a value for " + quoted(argument.getName()) + ", but there is none.");
    }

    static Problem of(ConversionErrorException error) {
        if (error.getCause() instanceof JacksonException body) {
            return MalformedBody.of(body);
        }
        Argument<?> argument = error.getArgument();
        String got = error.getConversionError()
                .getOriginalValue()
                .map(value -> quoted(String.valueOf(value)))
                .orElse("something else");
        return badRequest(OwnWords.of(error.getCause())
                .orElseGet(() -> "Expected " + quoted(argument.getName()) + " to be "
                        + ExpectedForm.of(argument.isOptional()
                                ? argument.getFirstTypeVariable().orElse(argument).getType()
                                : argument.getType())
                        + ", but got " + got + "."));
    }

    private static Problem badRequest(String detail) {
        return Problem.of("invalid-request", "Invalid request", 400).withDetail(detail);
    }

    /** In quotes, and cut: what comes from outside must not flood an answer. */
    static String quoted(String text) {
        return '"' + (text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…") + '"';
    }
}
