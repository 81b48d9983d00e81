package dev.leat.projector.query;

import java.util.Optional;

import dev.leat.runtime.http.NameCursor;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;

/** The parameters of a list that is sorted by names as they come. */
@Introspected
record NameListParameters(@QueryValue Optional<String> cursor, @QueryValue Optional<Integer> limit) {

    /** The name after which the page begins; a problem 400 where the cursor is none. */
    Optional<String> after() {
        try {
            return cursor.map(NameCursor::parse);
        } catch (IllegalArgumentException notOurs) {
            throw QueryProblems.badParameter("cursor", notOurs.getMessage() + ".");
        }
    }
}
