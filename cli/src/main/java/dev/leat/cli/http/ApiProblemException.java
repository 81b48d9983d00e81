package dev.leat.cli.http;

import dev.leat.cli.CommandFailedException;

/** The server refused a request and said why. */
public final class ApiProblemException extends CommandFailedException {

    private final transient Problem problem;

    ApiProblemException(Problem problem) {
        super(problem.exit(), problem.detail(), problem.fields());
        this.problem = problem;
    }

    /** The same, with what it says about lines of a body moved by so many. */
    public ApiProblemException withLinesMovedBy(int lines) {
        return new ApiProblemException(problem.withLinesMovedBy(lines));
    }

    /** Why. */
    public Problem problem() {
        return problem;
    }
}
