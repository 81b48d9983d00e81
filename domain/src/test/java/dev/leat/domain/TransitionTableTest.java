package dev.leat.domain;

import static dev.leat.domain.Facts.*;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the whole matrix of states and facts against a second, written-out copy of what is meant. */
class TransitionTableTest {

    /** One job in each state, with CLAIM open where it runs. */
    private static final Map<JobState, Job> JOBS = new EnumMap<>(Map.of(
            JobState.UNKNOWN, fold(),
            JobState.QUEUED, fold(queued()),
            JobState.RUNNING, fold(queued(), started(CLAIM)),
            JobState.COMPLETED, fold(queued(), started(CLAIM), succeeded(CLAIM)),
            JobState.FAILED, fold(queued(), started(CLAIM), failed(CLAIM)),
            JobState.CANCELLED, fold(queued(), cancelled()),
            JobState.REJECTED, fold(queued(), rejected())));

    /** One fact of each kind, of CLAIM where it is a fact of a claim. */
    private static final Map<FactKind, Fact> FACTS = new EnumMap<>(Map.of(
            FactKind.JOB_QUEUED, queued(),
            FactKind.CANCEL_REQUESTED, cancelRequested(),
            FactKind.ATTEMPT_STARTED, started(CLAIM),
            FactKind.ATTEMPT_PROGRESSED, progressed(CLAIM, 1, 40),
            FactKind.ATTEMPT_SUCCEEDED, succeeded(CLAIM),
            FactKind.ATTEMPT_FAILED, failed(CLAIM),
            FactKind.ATTEMPT_CANCELLED, stopped(CLAIM),
            FactKind.CLAIM_ABANDONED, abandoned(CLAIM),
            FactKind.JOB_REJECTED, rejected(),
            FactKind.JOB_CANCELLED, cancelled()));

    /** Every move that is meant; any other cell stays where it is. */
    private static final Map<JobState, Map<FactKind, JobState>> MEANT = Map.of(
            JobState.UNKNOWN, Map.of(
                    FactKind.JOB_QUEUED, JobState.QUEUED,
                    FactKind.ATTEMPT_STARTED, JobState.RUNNING,
                    FactKind.JOB_REJECTED, JobState.REJECTED,
                    FactKind.JOB_CANCELLED, JobState.CANCELLED),
            JobState.QUEUED, Map.of(
                    FactKind.ATTEMPT_STARTED, JobState.RUNNING,
                    FactKind.JOB_REJECTED, JobState.REJECTED,
                    FactKind.JOB_CANCELLED, JobState.CANCELLED),
            JobState.RUNNING, Map.of(
                    FactKind.ATTEMPT_SUCCEEDED, JobState.COMPLETED,
                    FactKind.ATTEMPT_FAILED, JobState.FAILED,
                    FactKind.ATTEMPT_CANCELLED, JobState.CANCELLED,
                    FactKind.CLAIM_ABANDONED, JobState.QUEUED));

    record Cell(JobState state, FactKind fact) {}

    static Stream<Cell> cells() {
        return Arrays.stream(JobState.values())
                .flatMap(state -> Arrays.stream(FactKind.values()).map(fact -> new Cell(state, fact)));
    }

    private static Job job(Cell cell) {
        return requireNonNull(JOBS.get(cell.state()));
    }

    private static Fact fact(Cell cell) {
        return requireNonNull(FACTS.get(cell.fact()));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldMoveEveryStateByEveryFactAsMeant(Cell cell) {
        Job after = JobFold.apply(job(cell), fact(cell));

        assertThat(after.state())
                .isEqualTo(MEANT.getOrDefault(cell.state(), Map.of()).getOrDefault(cell.fact(), cell.state()));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldIgnoreFactsOfAClaimThatIsNotOpen(Cell cell) {
        Fact fact = fact(cell);
        if (!(fact instanceof Fact.FactOfClaim) || fact instanceof Fact.AttemptStarted) {
            return;
        }
        List<Fact> ofOther = List.of(progressed(OTHER_CLAIM, 1, 40), succeeded(OTHER_CLAIM), failed(OTHER_CLAIM),
                stopped(OTHER_CLAIM), abandoned(OTHER_CLAIM));
        Job before = job(cell);

        assertThat(ofOther).allSatisfy(late -> assertThat(JobFold.apply(before, late)).isSameAs(before));
    }

    @Test
    void shouldNameNoRowOutOfATerminalState() {
        assertThat(TransitionTable.rows()).noneMatch(row -> row.from().isTerminal());
    }
}
