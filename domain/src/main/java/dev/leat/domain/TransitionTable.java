package dev.leat.domain;

import static dev.leat.domain.FactKind.*;
import static dev.leat.domain.JobState.*;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * The only place that says which fact moves which state where: the first row that applies. What no row names leaves the
 * state as it is.
 *
 * <p>{@link JobFold}, the tests and {@code docs/state-machine.md} are made from these rows.
 */
public final class TransitionTable {

    /** One row: in any of the states {@code from}, a fact of this kind moves the job to {@code to} if the condition holds. */
    public record Row(Set<JobState> from, FactKind fact, Condition condition, JobState to) {

        public Row {
            from = Set.copyOf(from);
        }
    }

    /** What must hold, besides state and kind, for a row to apply. */
    public enum Condition {
        ALWAYS("", (_, _) -> true),
        AWAITED("the attempt is the one that is waited for",
                (job, fact) -> ((Fact.JobQueued) fact).attempt() >= job.attempt()),
        NEW_CLAIM("the claim is new, and its attempt is not over", Condition::isNew),
        NEWER_PROGRESS("the claim is open and the progress newer",
                (job, fact) -> isOpen(job, fact) && isNewerProgress(job, (Fact.AttemptProgressed) fact)),
        NEWER_CHECKPOINT("the claim is open and the checkpoint newer",
                (job, fact) -> isOpen(job, fact) && isNewerCheckpoint(job, (Fact.AttemptCheckpointed) fact)),
        OPEN_CLAIM("the claim is open", Condition::isOpen),
        LAST_TRY("the claim is open, and there is no other try", (job, fact) -> isOpen(job, fact)
                && ((Fact.EndOfAttempt) fact).retryIn().isEmpty()),
        NEXT_IN_LANE("the claim is open, and the next attempt is in its lane", (job, fact) -> isOpen(job, fact)
                && isNextQueued(job)),
        OTHERS_RUN("the claim is open, and another one runs",
                (job, fact) -> isOpen(job, fact) && job.attempts().othersRun(claimOf(fact))),
        LOST_LAST_TRY("the claim is open, no other runs, and there is no other try",
                (job, fact) -> isLost(job, fact) && claim(job, fact).retryIfLost().isEmpty()),
        LOST_NEXT_IN_LANE("the claim is open, no other runs, and the next attempt is in its lane",
                (job, fact) -> isLost(job, fact) && isNextQueued(job)),
        LOST("the claim is open, and no other runs", Condition::isLost),
        NONE_RUNS_IN_LANE("the claim is open, no other runs, and the attempt is in its lane",
                (job, fact) -> isOpen(job, fact) && job.intake().queued() >= job.attempt()),
        NONE_RUNS_RETRY("the claim is open, no other runs, and the attempt is a later one, not in its lane yet",
                (job, fact) -> isOpen(job, fact) && job.attempt() > 1),
        NONE_RUNS_PENDING("the claim is open, no other runs, and the job has only been seen on the pending topic",
                (job, fact) -> isOpen(job, fact) && job.intake().scheduled()),
        NOT_BEGUN("no attempt of it has begun", (job, _) -> !job.hasStarted());

        private final String text;
        @SuppressWarnings("ImmutableEnumChecker") // The lambdas above capture nothing.
        private final BiPredicate<Job, Fact> holds;

        Condition(String text, BiPredicate<Job, Fact> holds) {
            this.text = text;
            this.holds = holds;
        }

        /** The condition in words; empty where there is none. */
        public String text() {
            return text;
        }

        private static boolean isNew(Job job, Fact fact) {
            Fact.AttemptStarted start = (Fact.AttemptStarted) fact;
            return start.attempt() > job.attempt() || (start.attempt() == job.attempt()
                    && job.attempts().open(start.claim()).isEmpty()
                    && !job.attempts().closed().contains(start.claim()));
        }

        private static boolean isOpen(Job job, Fact fact) {
            return ((Fact.FactOfClaim) fact).attempt() == job.attempt() && job.openClaim(claimOf(fact)).isPresent();
        }

        private static boolean isLost(Job job, Fact fact) {
            return isOpen(job, fact) && !job.attempts().othersRun(claimOf(fact));
        }

        private static boolean isNewerProgress(Job job, Fact.AttemptProgressed fact) {
            return claim(job, fact).progressSequence() < fact.sequence();
        }

        private static boolean isNewerCheckpoint(Job job, Fact.AttemptCheckpointed fact) {
            return claim(job, fact).checkpointSequence() < fact.sequence();
        }

        private static boolean isNextQueued(Job job) {
            return job.intake().queued() > job.attempt();
        }

        private static Claim claim(Job job, Fact fact) {
            return job.openClaim(claimOf(fact)).orElseThrow();
        }

        private static ClaimId claimOf(Fact fact) {
            return ((Fact.FactOfClaim) fact).claim();
        }
    }

    /** No worker runs it; a claim may be open all the same, of a worker that is silent. */
    private static final Set<JobState> IDLE = EnumSet.of(UNKNOWN, SCHEDULED, QUEUED, RETRYING);
    private static final Set<JobState> OPEN = EnumSet.of(UNKNOWN, SCHEDULED, QUEUED, RETRYING, RUNNING);
    private static final List<Row> ROWS = rowsInOrder();
    private static final Map<FactKind, List<Row>> BY_FACT = ROWS.stream().collect(Collectors.groupingBy(Row::fact));

    private TransitionTable() {}

    private static List<Row> rowsInOrder() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(EnumSet.of(UNKNOWN), JOB_SCHEDULED, Condition.ALWAYS, SCHEDULED));
        rows.add(new Row(EnumSet.of(UNKNOWN, SCHEDULED, RETRYING), JOB_QUEUED, Condition.AWAITED, QUEUED));
        rows.add(new Row(OPEN, ATTEMPT_STARTED, Condition.NEW_CLAIM, RUNNING));
        rows.add(new Row(EnumSet.of(RUNNING), ATTEMPT_PROGRESSED, Condition.NEWER_PROGRESS, RUNNING));
        rows.add(new Row(EnumSet.of(RUNNING), ATTEMPT_CHECKPOINTED, Condition.NEWER_CHECKPOINT, RUNNING));
        rows.add(new Row(OPEN, ATTEMPT_SUCCEEDED, Condition.OPEN_CLAIM, COMPLETED));
        rows.add(new Row(OPEN, ATTEMPT_CANCELLED, Condition.OPEN_CLAIM, CANCELLED));
        rows.add(new Row(OPEN, ATTEMPT_FAILED, Condition.LAST_TRY, FAILED));
        rows.add(new Row(OPEN, ATTEMPT_TIMED_OUT, Condition.LAST_TRY, TIMED_OUT));
        List.of(ATTEMPT_FAILED, ATTEMPT_TIMED_OUT, ATTEMPT_SNOOZED, ATTEMPT_WAITING, ATTEMPT_RELEASED).forEach(over -> {
            rows.add(new Row(OPEN, over, Condition.NEXT_IN_LANE, QUEUED));
            rows.add(new Row(OPEN, over, Condition.OPEN_CLAIM, RETRYING));
        });
        rows.add(new Row(OPEN, LEASE_EXPIRED, Condition.LOST_LAST_TRY, FAILED));
        rows.add(new Row(OPEN, LEASE_EXPIRED, Condition.LOST_NEXT_IN_LANE, QUEUED));
        rows.add(new Row(OPEN, LEASE_EXPIRED, Condition.LOST, RETRYING));
        List.of(CLAIM_ABANDONED, CLAIM_DOUBTED).forEach(closed -> {
            rows.add(new Row(OPEN, closed, Condition.OTHERS_RUN, RUNNING));
            rows.add(new Row(OPEN, closed, Condition.NONE_RUNS_IN_LANE, QUEUED));
            rows.add(new Row(OPEN, closed, Condition.NONE_RUNS_RETRY, RETRYING));
            rows.add(new Row(OPEN, closed, Condition.NONE_RUNS_PENDING, SCHEDULED));
            rows.add(new Row(OPEN, closed, Condition.OPEN_CLAIM, UNKNOWN));
        });
        rows.add(new Row(IDLE, JOB_REJECTED, Condition.ALWAYS, REJECTED));
        rows.add(new Row(IDLE, JOB_CANCELLED, Condition.ALWAYS, CANCELLED));
        rows.add(new Row(IDLE, JOB_EXPIRED, Condition.NOT_BEGUN, EXPIRED));
        rows.add(new Row(IDLE, JOB_TIMED_OUT, Condition.ALWAYS, TIMED_OUT));
        return List.copyOf(rows);
    }

    /** All rows, in the order in which they are tried. */
    public static List<Row> rows() {
        return ROWS;
    }

    /** Where the fact moves the job; empty where it does not count. */
    static Optional<JobState> next(Job job, Fact fact) {
        return BY_FACT.getOrDefault(FactKind.of(fact), List.of())
                .stream()
                .filter(row -> row.from().contains(job.state()))
                .filter(row -> row.condition().holds.test(job, fact))
                .map(Row::to)
                .findFirst();
    }
}
