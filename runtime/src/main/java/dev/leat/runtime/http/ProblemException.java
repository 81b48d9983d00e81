package dev.leat.runtime.http;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Ends a request with a problem; thrown by what serves it. Expected, so without a stack trace and not logged. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<URI> location;

    public ProblemException(Problem problem) {
        this(problem, Optional.empty(), Optional.empty());
    }

    /** Also tells the caller when to try again ({@code Retry-After}, in whole seconds, rounded up). */
    public ProblemException(Problem problem, Duration retryAfter) {
        this(problem, Optional.of(retryAfter), Optional.empty());
    }

    private ProblemException(Problem problem, Optional<Duration> retryAfter, Optional<URI> location) {
        super(problem.detail().orElse(problem.title()), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
        this.location = location;
    }

    /** The same, and also tells the caller where to look instead ({@code Location}). */
    public ProblemException withLocation(URI uri) {
        return new ProblemException(problem, retryAfter, Optional.of(uri));
    }

    public Problem problem() {
        return problem;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    public Optional<URI> location() {
        return location;
    }
}
