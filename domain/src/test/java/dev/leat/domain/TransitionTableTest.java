package dev.leat.domain;

import static dev.leat.domain.Facts.*;
import static dev.leat.domain.JobState.*;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the whole matrix of states and facts against a second, written-out copy of what is meant. */
class TransitionTableTest {

    /** One job in each state; CLAIM is open in those that are not terminal, doubted where none runs. */
    private static final Map<JobState, Job> WITH_CLAIM = jobs(
            fold(started(CLAIM), doubted(CLAIM)),
            fold(scheduled(), started(CLAIM), doubted(CLAIM)),
            fold(queued(), started(CLAIM), doubted(CLAIM)),
            fold(queued(), started(CLAIM)),
            fold(queued(), started(OTHER_CLAIM), failedOnce(OTHER_CLAIM, 1), started(CLAIM, 2), doubted(CLAIM, 2)));

    /** The same without a claim; there is none that runs. */
    private static final Map<JobState, Job> WITHOUT_CLAIM = jobs(
            fold(),
            fold(scheduled()),
            fold(queued()),
            fold(queued(), started(CLAIM)),
            fold(queued(), started(OTHER_CLAIM), failedOnce(OTHER_CLAIM, 1)));

    private static final Set<JobState> OPEN = EnumSet.of(UNKNOWN, SCHEDULED, QUEUED, RUNNING, RETRYING);

    private static Map<JobState, Job> jobs(Job... open) {
        Map<JobState, Job> jobs = new EnumMap<>(JobState.class);
        Stream.concat(Stream.of(open), Stream.of(
                fold(queued(), started(CLAIM), succeeded(CLAIM)),
                fold(queued(), started(CLAIM), failed(CLAIM)),
                fold(queued(), started(CLAIM), timedOut(CLAIM, 1, Optional.empty())),
                fold(queued(), cancelled()),
                fold(queued(), expired()),
                fold(queued(), rejected()))).forEach(job -> jobs.put(job.state(), job));
        return jobs;
    }

    /** What moves a state by a fact; a state that is not named stays. */
    private record Meant(Map<JobState, JobState> moves) {

        static Meant nothing() {
            return new Meant(Map.of());
        }

        static Meant all(JobState to) {
            return from(OPEN, to);
        }

        static Meant from(Set<JobState> states, JobState to) {
            Map<JobState, JobState> moves = new EnumMap<>(JobState.class);
            states.forEach(state -> moves.put(state, to));
            return new Meant(moves);
        }
    }

    private record Case(String name, FactKind kind, Map<JobState, Job> jobs, Fact first, Fact second, Meant meant) {

        Fact fact(Job job) {
            return job.attempt() == 2 ? second : first;
        }
    }

    private static Case ofClaim(String name, Fact first, Fact second, Meant meant) {
        return new Case(name, FactKind.of(first), WITH_CLAIM, first, second, meant);
    }

    private static Case ofJob(Fact fact, Meant meant) {
        return new Case(FactKind.of(fact).name(), FactKind.of(fact), WITHOUT_CLAIM, fact, fact, meant);
    }

    private static List<Case> cases() {
        Set<JobState> idle = EnumSet.of(UNKNOWN, SCHEDULED, QUEUED, RETRYING);
        Meant closed = new Meant(Map.of(RUNNING, QUEUED));
        List<Case> cases = new ArrayList<>(Arrays.asList(
                ofJob(scheduled(), Meant.from(Set.of(UNKNOWN), SCHEDULED)),
                ofJob(queued(), Meant.from(Set.of(UNKNOWN, SCHEDULED), QUEUED)),
                ofJob(queued(2), Meant.from(Set.of(UNKNOWN, SCHEDULED, RETRYING), QUEUED)),
                ofJob(wanted(EndReason.CANCEL), Meant.nothing()),
                ofJob(admitted(), Meant.nothing()),
                ofJob(started(OTHER_CLAIM, 2), Meant.all(RUNNING)),
                ofJob(started(OTHER_CLAIM, 1), Meant.from(Set.of(UNKNOWN, SCHEDULED, QUEUED), RUNNING)),
                ofJob(rejected(), Meant.from(idle, REJECTED)),
                ofJob(cancelled(), Meant.from(idle, CANCELLED)),
                ofJob(expired(), Meant.from(Set.of(UNKNOWN, SCHEDULED, QUEUED), EXPIRED)),
                ofJob(timedOut(), Meant.from(idle, TIMED_OUT)),
                ofClaim("start again", started(CLAIM), started(CLAIM, 2), Meant.nothing()),
                ofClaim("progress", progressed(CLAIM, 1, 40), progressed(CLAIM, 2, 1, 40), Meant.nothing()),
                ofClaim("checkpoint", checkpointed(CLAIM, 1, 1, "a"), checkpointed(CLAIM, 2, 1, "a"), Meant.nothing()),
                ofClaim("log", logged(CLAIM, 1, 1, "a"), logged(CLAIM, 2, 1, "a"), Meant.nothing()),
                ofClaim("success", succeeded(CLAIM), succeeded(CLAIM, 2), Meant.all(COMPLETED)),
                ofClaim("stop", stopped(CLAIM), stopped(CLAIM, 2), Meant.all(CANCELLED)),
                ofClaim("abandonment", abandoned(CLAIM), abandoned(CLAIM, 2), closed),
                ofClaim("doubt", doubted(CLAIM), doubted(CLAIM, 2), closed),
                ofClaim("loss", leaseExpired(CLAIM), leaseExpired(CLAIM, 2), Meant.all(RETRYING)),
                ofJob(watched(OTHER_JOB, 2), Meant.nothing()),
                ofJob(awaitedEnded(2, OTHER_JOB), Meant.nothing()),
                ofClaim("wait", waiting(CLAIM, 1, OTHER_JOB), waiting(CLAIM, 2, OTHER_JOB), Meant.all(RETRYING)),
                ofClaim("snooze", snoozed(CLAIM, 1), snoozed(CLAIM, 2), Meant.all(RETRYING)),
                ofClaim("release", released(CLAIM, 1), released(CLAIM, 2), Meant.all(RETRYING))));
        Optional<Duration> none = Optional.empty();
        Optional<Duration> again = Optional.of(WAIT);
        cases.addAll(List.of(
                ofClaim("last failure", failed(CLAIM, 1, none), failed(CLAIM, 2, none), Meant.all(FAILED)),
                ofClaim("failure", failed(CLAIM, 1, again), failed(CLAIM, 2, again), Meant.all(RETRYING)),
                ofClaim("last timeout", timedOut(CLAIM, 1, none), timedOut(CLAIM, 2, none), Meant.all(TIMED_OUT)),
                ofClaim("timeout", timedOut(CLAIM, 1, again), timedOut(CLAIM, 2, again), Meant.all(RETRYING))));
        return cases;
    }

    record Cell(Case meant, JobState state) {
        @Override
        public String toString() {
            return state + " by " + meant.name();
        }
    }

    static Stream<Cell> cells() {
        return cases().stream().flatMap(meant -> Arrays.stream(JobState.values()).map(state -> new Cell(meant, state)));
    }

    private static Job job(Cell cell) {
        return requireNonNull(cell.meant().jobs().get(cell.state()));
    }

    @Test
    void shouldMeanSomethingForEveryKindInEveryState() {
        assertThat(cases()).extracting(Case::kind).contains(FactKind.values());
        assertThat(WITH_CLAIM.keySet()).containsExactly(JobState.values());
        assertThat(WITHOUT_CLAIM.keySet()).containsExactly(JobState.values());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldMoveEveryStateByEveryFactAsMeant(Cell cell) {
        Job before = job(cell);

        Job after = JobFold.apply(before, cell.meant().fact(before));

        assertThat(after.state())
                .isEqualTo(cell.meant().meant().moves().getOrDefault(cell.state(), cell.state()));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldIgnoreFactsOfAClaimThatIsNotOpen(Cell cell) {
        Job before = job(cell);
        List<Fact> ofOther = List.of(progressed(OTHER_CLAIM, 1, 40), checkpointed(OTHER_CLAIM, 1, 1, "a"),
                succeeded(OTHER_CLAIM), failed(OTHER_CLAIM),
                stopped(OTHER_CLAIM), abandoned(OTHER_CLAIM), doubted(OTHER_CLAIM), leaseExpired(OTHER_CLAIM),
                snoozed(OTHER_CLAIM, 1), waiting(OTHER_CLAIM, 1, OTHER_JOB), released(OTHER_CLAIM, 1),
                timedOut(OTHER_CLAIM, 1, Optional.empty()));

        assertThat(ofOther).allSatisfy(late -> assertThat(JobFold.apply(before, late)).isSameAs(before));
    }

    @Test
    void shouldGoBackToWhereTheJobCameFromWhenNoClaimRuns() {
        Map<Job, JobState> meant = new LinkedHashMap<>();
        meant.put(fold(queued(), started(CLAIM)), QUEUED);
        meant.put(fold(scheduled(), started(CLAIM)), SCHEDULED);
        meant.put(fold(started(CLAIM)), UNKNOWN);
        meant.put(fold(queued(), started(OTHER_CLAIM), failedOnce(OTHER_CLAIM, 1), started(CLAIM, 2)), RETRYING);
        meant.put(fold(queued(2), started(OTHER_CLAIM), failedOnce(OTHER_CLAIM, 1), started(CLAIM, 2)), QUEUED);
        meant.put(fold(queued(), started(CLAIM), started(OTHER_CLAIM)), RUNNING);

        meant.forEach((running, back) -> {
            assertThat(JobFold.apply(running, abandoned(CLAIM, running.attempt())).state()).isEqualTo(back);
            assertThat(JobFold.apply(running, doubted(CLAIM, running.attempt())).state()).isEqualTo(back);
        });
    }

    @Test
    void shouldBeQueuedAtOnceWhereTheNextCommandWasReadBeforeTheEndOfItsForerunner() {
        Job ahead = fold(queued(), queued(2), started(CLAIM));

        assertThat(List.of(failedOnce(CLAIM, 1), timedOut(CLAIM, 1, Optional.of(WAIT)), snoozed(CLAIM, 1),
                waiting(CLAIM, 1, OTHER_JOB), released(CLAIM, 1), leaseExpired(CLAIM)))
                .allSatisfy(end -> assertThat(JobFold.apply(ahead, end).state()).isEqualTo(QUEUED));
    }

    @Test
    void shouldNotEndAnAttemptByALossWhileAnotherClaimRuns() {
        assertThat(fold(queued(), started(CLAIM), started(OTHER_CLAIM), leaseExpired(CLAIM)).state())
                .isEqualTo(RUNNING);
        assertThat(fold(queued(), started(CLAIM), started(OTHER_CLAIM), doubted(OTHER_CLAIM), leaseExpired(CLAIM))
                .state()).isEqualTo(RETRYING);
    }

    @Test
    void shouldNameNoRowOutOfATerminalState() {
        assertThat(TransitionTable.rows())
                .allSatisfy(row -> assertThat(row.from()).noneMatch(JobState::isTerminal));
    }

    /** Two rows of which the later one can never apply would be a mistake, for the first one that applies counts. */
    @Test
    void shouldNameNoRowAfterOneThatAlwaysApplies() {
        List<TransitionTable.Row> rows = TransitionTable.rows();
        for (int i = 0; i < rows.size(); i++) {
            TransitionTable.Row earlier = rows.get(i);
            assertThat(rows.subList(i + 1, rows.size()))
                    .noneMatch(later -> later.fact() == earlier.fact()
                            && (earlier.condition() == TransitionTable.Condition.ALWAYS
                                    || earlier.condition() == later.condition())
                            && earlier.from().containsAll(later.from()));
        }
    }
}
