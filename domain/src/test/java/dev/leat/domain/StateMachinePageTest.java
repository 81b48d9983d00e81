package dev.leat.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Keeps {@code docs/state-machine.md} true: the page is rendered from the {@link TransitionTable}. */
class StateMachinePageTest {

    private static final Path PAGE = Path.of("..", "docs", "state-machine.md");
    private static final Set<JobState> OPEN = Arrays.stream(JobState.values())
            .filter(state -> !state.isTerminal())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(JobState.class)));
    private static final Set<JobState> IDLE = EnumSet.copyOf(OPEN);

    static {
        IDLE.remove(JobState.RUNNING);
    }

    /** An arrow of the diagram. */
    private record Arrow(String from, String to) {}

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
                    state idle <<join>>
                    [*] --> unknown
                %s
                %s
                %s
                ```

                `unknown` is never shown to anybody: facts of the events topic have come before the command they belong to.
                The bar stands for any state in which no worker runs the job. What leads out of `running` also leads out of
                those where a claim is open whose worker is silent; the table has it all.

                The first row that applies counts. *idle* is %s; *open* is *idle* or running.

                | from | fact | if | to |
                |---|---|---|---|
                %s

                A request to end a job (cancelled, deadline passed, waited too long) moves nothing by itself. It is noted on a
                job that is not terminal; the projector then decides about one that waits, and the worker stops one that runs.
                Nor does it move anything that another job waits for this one (job watched), or that one has ended for which
                this one waits (awaited ended): both are noted, and when the last one has ended, the next attempt is queued.
                """
                .formatted(idle(), arrows(), ends(), words(IDLE), rows());
    }

    private static String idle() {
        return IDLE.stream().map(state -> "    " + state.wireName() + " --> idle").collect(Collectors.joining("\n"));
    }

    private static String arrows() {
        Map<Arrow, Set<String>> labels = new LinkedHashMap<>();
        TransitionTable.rows()
                .forEach(row -> froms(row).filter(from -> !from.equals(row.to().wireName()))
                        .map(from -> new Arrow(from, row.to().wireName()))
                        .forEach(arrow -> labels.computeIfAbsent(arrow, _ -> new LinkedHashSet<>())
                                .add(words(row.fact()))));
        return labels.entrySet()
                .stream()
                .map(arrow -> "    " + arrow.getKey().from() + " --> " + arrow.getKey().to() + " : "
                        + String.join(", ", arrow.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** One arrow for many states: out of the bar what leads into running or ends what is idle, else out of running. */
    private static Stream<String> froms(TransitionTable.Row row) {
        if (row.from().equals(IDLE) || (row.from().equals(OPEN) && row.to() == JobState.RUNNING
                && row.fact() == FactKind.ATTEMPT_STARTED)) {
            return Stream.of("idle");
        }
        return row.from().equals(OPEN)
                ? Stream.of(JobState.RUNNING.wireName())
                : row.from().stream().sorted().map(JobState::wireName);
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
                .map(row -> "| " + from(row) + " | " + words(row.fact()) + " | " + row.condition().text() + " | "
                        + row.to().wireName() + " |")
                .collect(Collectors.joining("\n"));
    }

    private static String from(TransitionTable.Row row) {
        if (row.from().equals(OPEN)) {
            return "*open*";
        }
        return row.from().equals(IDLE) ? "*idle*" : words(row.from());
    }

    private static String words(Set<JobState> states) {
        return states.stream().sorted().map(JobState::wireName).collect(Collectors.joining(", "));
    }

    private static String words(FactKind fact) {
        return fact.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
