package dev.leat.submit.deadletter;

import java.time.Duration;
import java.time.Instant;

import dev.leat.runtime.http.Problem;
import dev.leat.runtime.http.ProblemException;

/** The problems of dead letters. {@code src/main/openapi} documents each of them with an example. */
final class DeadLetterProblems {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration BROKER_RETRY = Duration.ofSeconds(2);

    private DeadLetterProblems() {}

    /** This process has not read yet which dead letters there are. */
    static ProblemException notLoaded() {
        return new ProblemException(Problem.of("dead-letters-not-loaded", "The dead letters are not known yet", 503)
                .withDetail("Expected to know all dead letters, but this instance is still reading them from Kafka."),
                SOON);
    }

    static ProblemException notFound(DeadLetterId id) {
        return new ProblemException(Problem.of("dead-letter-not-found", "There is no such dead letter", 404)
                .withDetail("There is no dead letter " + id + ", or it is older than those that are kept at hand."));
    }

    static Problem alreadyRedriven(DeadLetterId id, Instant at) {
        return Problem.of("dead-letter-already-redriven", "The dead letter was sent back before", 409)
                .withDetail("Expected dead letter " + id + " not to have been sent back yet, but it was at " + at
                        + ". With again=true it is sent once more.")
                .with("redrivenAt", at);
    }

    static Problem leftOut(DeadLetterId id, String what) {
        return Problem.of("dead-letter-without-content", "The content of the dead letter was left out", 409)
                .withDetail("Expected dead letter " + id + " to hold the record that it was made of, but " + what
                        + " were too large for a dead letter. The record stands at its origin until that topic's"
                        + " retention ends.");
    }

    static Problem unusableOrigin(DeadLetterId id, String what) {
        return Problem.of("dead-letter-origin-unusable", "The dead letter cannot go back to its origin", 422)
                .withDetail("Expected dead letter " + id + " to come from a lane, pending, events or control of this"
                        + " installation, but " + what + ".");
    }

    /** Nothing was done. */
    static Problem brokerUnavailable() {
        return Problem.of("broker-unavailable", "Kafka does not answer", 503)
                .withDetail("Expected Kafka to take the record, but it does not answer. Nothing was done.")
                .with("outcome", "not-done");
    }

    /** The record may have reached its topic all the same. */
    static Problem inDoubt(DeadLetterId id) {
        return Problem.of("broker-unavailable", "Kafka does not answer", 503)
                .withDetail("Expected Kafka to acknowledge the record of dead letter " + id + ", but it did not answer"
                        + " in time. Whether it got through is unknown. To send it again does no harm to a job: the"
                        + " record carries its job's id.")
                .with("outcome", "unknown");
    }

    static ProblemException thrown(Problem problem) {
        return problem.status() == 503 ? new ProblemException(problem, BROKER_RETRY) : new ProblemException(problem);
    }
}
