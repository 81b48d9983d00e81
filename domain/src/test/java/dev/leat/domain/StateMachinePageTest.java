package dev.leat.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** Keeps {@code docs/state-machine.md} true: the page is rendered from the {@link TransitionTable}. */
class StateMachinePageTest {

    private static final Path PAGE = Path.of("..", "docs", "state-machine.md");

    /** Run with {@code -Dleat.docs.write=true} to write the page anew. */
    @Test
    void shouldShowTheTransitionTable() throws IOException {
        if (Boolean.getBoolean("leat.docs.write")) {
            Files.writeString(PAGE, page());
        }
        assertThat(PAGE).hasContent(page());
    }

    private static String page() {
        return """
                # The states of a job

                Rendered from `TransitionTable` in the domain module, the only place that says which fact moves which state
                where; a test fails when this page differs from it. Terminal states absorb: no fact leads out of them. A fact
                that no row names is ignored.

                ```mermaid
                stateDiagram-v2
                    [*] --> unknown
                %s
                %s
                ```

                `unknown` is never shown to anybody: facts of the events topic have come before the command they belong to.

                | from | fact | if | to |
                |---|---|---|---|
                %s

                A request to cancel moves nothing by itself. It is noted on a job that is not terminal; the projector then
                decides `job cancelled` for a queued one, and the worker stops a running one.
                """
                .formatted(arrows(), ends(), rows());
    }

    private static String arrows() {
        return TransitionTable.rows()
                .stream()
                .filter(row -> row.from() != row.to())
                .map(row -> "    " + row.from().wireName() + " --> " + row.to().wireName() + " : " + words(row.fact()))
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private static String ends() {
        return Arrays.stream(JobState.values())
                .filter(JobState::isTerminal)
                .map(state -> "    " + state.wireName() + " --> [*]")
                .collect(Collectors.joining("\n"));
    }

    private static String rows() {
        return TransitionTable.rows()
                .stream()
                .map(row -> "| " + row.from().wireName() + " | " + words(row.fact()) + " | " + row.condition().text()
                        + " | " + row.to().wireName() + " |")
                .collect(Collectors.joining("\n"));
    }

    private static String words(FactKind fact) {
        return fact.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
