package dev.leat.projector.query;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.leat.domain.JobState;
import dev.leat.projector.index.JobFilter;
import dev.leat.projector.index.ListPosition;

/** Which page of which list is asked for. */
record ListQuestion(JobFilter filter, Optional<ListPosition> cursor, int limit) {

    static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;
    private static final String STATUSES = Arrays.stream(JobState.values())
            .filter(state -> state != JobState.UNKNOWN)
            .map(JobState::wireName)
            .collect(Collectors.joining(", "));

    /** Reads the parameters of a request; a problem 400 says which is wrong. */
    static ListQuestion of(ListParameters parameters) {
        int limit = limit(parameters.limit());
        JobFilter filter = new JobFilter(parameters.status().map(ListQuestion::state), parameters.plugin(),
                parameters.type(), parameters.tag(), parameters.batch());
        return new ListQuestion(filter, parameters.cursor().map(ListCursor::parse), limit);
    }

    /** How many entries a page has; a problem 400 says what it may have. */
    static int limit(Optional<Integer> wanted) {
        int limit = wanted.orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw QueryProblems.badParameter("limit",
                    "Expected a limit from 1 to " + MAX_LIMIT + ", but got " + limit + ".");
        }
        return limit;
    }

    /** Jobs that are shown as cancelling are running ones. */
    private static JobState state(String status) {
        return JobState.ofWireName(status)
                .filter(state -> state != JobState.UNKNOWN)
                .orElseThrow(() -> QueryProblems.badParameter("status",
                        "Expected one of " + STATUSES + ", but got something else."));
    }
}
