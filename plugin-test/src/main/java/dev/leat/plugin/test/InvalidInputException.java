package dev.leat.plugin.test;

import dev.leat.worker.plugin.InvalidParamsException;
import java.util.List;

/** The input is not what the job type takes: a submission of it would be refused, or its job be rejected by a worker. */
public final class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * What is wrong in one place.
     *
     * @param pointer the place, as a JSON Pointer (RFC 6901) into the params; empty for all of them
     * @param message what was expected, and what came, in the words in which a submission is answered
     */
    public record Problem(String pointer, String message) {}

    InvalidInputException(InvalidParamsException refused) {
        super(refused.reason(), refused);
        this.problems = refused.errors().stream().map(error -> new Problem(error.pointer(), error.message())).toList();
    }

    /** What is wrong, place by place; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
