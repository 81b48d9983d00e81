package dev.leat.domain;

import static dev.leat.domain.FactKind.*;
import static dev.leat.domain.JobState.*;

import java.util.List;
import java.util.Optional;

/**
 * The only place that says which fact moves which state where. What no row names leaves the state as it is.
 *
 * <p>{@link JobFold}, the tests and {@code docs/state-machine.md} are made from these rows.
 */
public final class TransitionTable {

    /** One row: in state {@code from}, a fact of this kind moves the job to {@code to} if the condition holds. */
    public record Row(JobState from, FactKind fact, Condition condition, JobState to) {}

    /** What must hold, besides state and kind, for a row to apply. */
    public enum Condition {
        ALWAYS(""),
        NEW_CLAIM("the claim is neither open nor abandoned"),
        OPEN_CLAIM("the claim is open"),
        NEWER_PROGRESS("the claim is open and the progress newer"),
        ONE_OF_MANY_CLAIMS("the claim is open, and others are too"),
        LAST_CLAIM("it was the last open claim, and the command has been seen"),
        LAST_CLAIM_UNSEEN("it was the last open claim, and the command has not been seen");

        private final String text;

        Condition(String text) {
            this.text = text;
        }

        /** The condition in words; empty where there is none. */
        public String text() {
            return text;
        }

        private boolean holds(Job job, Fact fact) {
            return switch (this) {
                case ALWAYS -> true;
                case NEW_CLAIM -> !isOpen(job, fact) && !job.abandonedClaims().contains(claimOf(fact));
                case OPEN_CLAIM -> isOpen(job, fact);
                case NEWER_PROGRESS -> isOpen(job, fact) && isNewerProgress(job, (Fact.AttemptProgressed) fact);
                case ONE_OF_MANY_CLAIMS -> isOpen(job, fact) && job.claims().size() > 1;
                case LAST_CLAIM -> isLastOpen(job, fact) && job.submission().isPresent();
                case LAST_CLAIM_UNSEEN -> isLastOpen(job, fact) && job.submission().isEmpty();
            };
        }

        private static boolean isOpen(Job job, Fact fact) {
            return job.openClaim(claimOf(fact)).isPresent();
        }

        private static boolean isLastOpen(Job job, Fact fact) {
            return isOpen(job, fact) && job.claims().size() == 1;
        }

        private static boolean isNewerProgress(Job job, Fact.AttemptProgressed fact) {
            return job.openClaim(fact.claim()).orElseThrow().progressSequence() < fact.sequence();
        }

        private static ClaimId claimOf(Fact fact) {
            return ((Fact.FactOfClaim) fact).claim();
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row(UNKNOWN, JOB_QUEUED, Condition.ALWAYS, QUEUED),
            new Row(UNKNOWN, ATTEMPT_STARTED, Condition.NEW_CLAIM, RUNNING),
            new Row(UNKNOWN, JOB_REJECTED, Condition.ALWAYS, REJECTED),
            new Row(UNKNOWN, JOB_CANCELLED, Condition.ALWAYS, CANCELLED),
            new Row(QUEUED, ATTEMPT_STARTED, Condition.NEW_CLAIM, RUNNING),
            new Row(QUEUED, JOB_REJECTED, Condition.ALWAYS, REJECTED),
            new Row(QUEUED, JOB_CANCELLED, Condition.ALWAYS, CANCELLED),
            new Row(RUNNING, ATTEMPT_STARTED, Condition.NEW_CLAIM, RUNNING),
            new Row(RUNNING, ATTEMPT_PROGRESSED, Condition.NEWER_PROGRESS, RUNNING),
            new Row(RUNNING, ATTEMPT_SUCCEEDED, Condition.OPEN_CLAIM, COMPLETED),
            new Row(RUNNING, ATTEMPT_FAILED, Condition.OPEN_CLAIM, FAILED),
            new Row(RUNNING, ATTEMPT_CANCELLED, Condition.OPEN_CLAIM, CANCELLED),
            new Row(RUNNING, CLAIM_ABANDONED, Condition.ONE_OF_MANY_CLAIMS, RUNNING),
            new Row(RUNNING, CLAIM_ABANDONED, Condition.LAST_CLAIM, QUEUED),
            new Row(RUNNING, CLAIM_ABANDONED, Condition.LAST_CLAIM_UNSEEN, UNKNOWN));

    private TransitionTable() {}

    /** All rows, in the order of states and facts. */
    public static List<Row> rows() {
        return ROWS;
    }

    /** Where the fact moves the job; empty where it does not count. */
    static Optional<JobState> next(Job job, Fact fact) {
        FactKind kind = FactKind.of(fact);
        return ROWS.stream()
                .filter(row -> row.from() == job.state() && row.fact() == kind)
                .filter(row -> row.condition().holds(job, fact))
                .map(Row::to)
                .findFirst();
    }
}
