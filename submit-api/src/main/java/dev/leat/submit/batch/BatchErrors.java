package dev.leat.submit.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.leat.runtime.json.FieldError;
import dev.leat.submit.ApiProblems;

/** Collects what is wrong with a batch: the first hundred errors, and how many there are. For one thread. */
final class BatchErrors {

    private static final int MOST_SHOWN = 100;

    private final List<OperationError> shown = new ArrayList<>();
    private final Set<Integer> operations = new HashSet<>();
    private int total;

    void add(OperationError error) {
        total++;
        error.index().ifPresent(operations::add);
        if (shown.size() < MOST_SHOWN) {
            shown.add(error);
        }
    }

    /** Errors of an operation. */
    void addAll(int index, Optional<Integer> line, List<FieldError> errors) {
        errors.forEach(error -> add(new OperationError(Optional.of(index), line, error.pointer(), error.message())));
    }

    /** Errors of something else, below a place in the body. */
    void addAll(String pointer, List<FieldError> errors) {
        errors.forEach(error -> add(new OperationError(Optional.empty(), Optional.empty(), pointer + error.pointer(),
                error.message())));
    }

    boolean isEmpty() {
        return total == 0;
    }

    /** @throws dev.leat.runtime.http.ProblemException where there are any */
    void refuse() {
        if (!isEmpty()) {
            throw ApiProblems.invalidBatch(operations.size(), total, shown);
        }
    }
}
