package dev.leat.runtime.http;

import java.time.Duration;
import java.util.Optional;

/** Ends a request with a problem; thrown by what serves it. Expected, so without a stack trace and not logged. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;

    public ProblemException(Problem problem) {
        this(problem, Optional.empty());
    }

    /** Also tells the caller when to try again ({@code Retry-After}, in whole seconds, rounded up). */
    public ProblemException(Problem problem, Duration retryAfter) {
        this(problem, Optional.of(retryAfter));
    }

    private ProblemException(Problem problem, Optional<Duration> retryAfter) {
        super(problem.detail().orElse(problem.title()), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public Problem problem() {
        return problem;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
