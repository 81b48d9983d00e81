package dev.leat.projector.query;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import dev.leat.domain.JobState;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.OperationView;

/**
 * Which operations of a batch are asked for.
 *
 * @param status one of {@link #STATUSES}, or empty for all
 * @param from the first index
 */
record OperationsQuestion(Optional<String> status, int from, int limit) {

    private static final Set<String> STATUSES = statuses();
    private static final Set<String> UNRELEASED = Set.of(OperationView.WAITING, OperationView.SKIPPED);

    private static Set<String> statuses() {
        Set<String> all = new LinkedHashSet<>();
        all.add(OperationView.WAITING);
        all.add(OperationView.RELEASED);
        Arrays.stream(JobState.values()).filter(JobState::isTerminal).map(JobState::wireName).forEach(all::add);
        all.add(OperationView.SKIPPED);
        return all;
    }

    /** Reads the parameters of a request; a problem 400 says which is wrong. */
    static OperationsQuestion of(BatchParameters parameters) {
        parameters.status().filter(status -> !STATUSES.contains(status)).ifPresent(_ -> {
            throw QueryProblems.badParameter("status",
                    "Expected one of " + String.join(", ", STATUSES) + ", but got something else.");
        });
        return new OperationsQuestion(parameters.status(), parameters.cursor().map(OperationsQuestion::index).orElse(0),
                ListQuestion.limit(parameters.limit()));
    }

    private static int index(String cursor) {
        try {
            int index = Integer.parseInt(cursor);
            if (index >= 0 && index <= BatchSpec.MOST_OPERATIONS) {
                return index;
            }
        } catch (NumberFormatException notOurs) {
            // Answered below.
        }
        throw QueryProblems.badParameter("cursor", "Expected a cursor that came with a list, but got another.");
    }

    boolean wantsReleased() {
        return status.filter(UNRELEASED::contains).isEmpty();
    }

    boolean wantsUnreleased() {
        return status.filter(wanted -> !UNRELEASED.contains(wanted)).isEmpty();
    }

    boolean isAboutOpen() {
        return status.equals(Optional.of(OperationView.RELEASED));
    }

    boolean isAboutFailures() {
        return status.filter(wanted -> wantsReleased() && !wanted.equals(OperationView.RELEASED)
                && !wanted.equals(JobState.COMPLETED.wireName())).isPresent();
    }

    boolean matches(OperationView operation) {
        return status.filter(wanted -> !wanted.equals(operation.status())).isEmpty();
    }
}
