package dev.leat.simulation;

import java.util.List;

import dev.leat.testkit.guarantees.History;

/**
 * What became of a history.
 *
 * @param violations of the guarantees and of {@link LeaseTruth}, a sentence each with the guarantee's name in front
 * @param quietAt when nothing moved any more, or when it was given up, in nanoseconds
 * @param steps how many things happened
 */
public record Outcome(List<String> violations, History history, long quietAt, long steps) {

    public Outcome {
        violations = List.copyOf(violations);
    }

    /** Whether one of these guarantees is broken, by its name. */
    boolean breaks(String guarantee) {
        return violations.stream().anyMatch(violation -> violation.startsWith(guarantee + ":"));
    }
}
