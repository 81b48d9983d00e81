package dev.leat.testkit.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOptions;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.domain.batch.BatchView;
import dev.leat.domain.batch.Operation;
import dev.leat.testkit.guarantees.BatchRecords.RecordedEvent;
import dev.leat.testkit.guarantees.History.RecordedFact;

/** Each guarantee about batches is shown a history that breaks it, beside one that keeps it. */
class BatchGuaranteesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final JobTypeName TYPE = JobTypeName.parse("demo:noop");
    private static final BatchId BATCH = BatchId.parse("01932d3a-7b4c-7000-8000-00000000000b");

    /** A batch of operations that can be taken back, and what is recorded of it; seconds count from noon. */
    private static final class Recording {

        private final List<RecordedFact> facts = new ArrayList<>();
        private final List<RecordedEvent> events = new ArrayList<>();
        private final List<JobNotice> notices = new ArrayList<>();

        Recording(int operations, OptionalInt concurrency, BatchOptions.OnFailure onFailure) {
            BatchSpec spec = new BatchSpec(Optional.of("name"), operations, Map.of(TYPE, operations),
                    new BatchOptions(onFailure,
                            concurrency.isPresent() ? Optional.of(concurrency.getAsInt()) : Optional.empty()),
                    Optional.empty(), NOON);
            events.add(new RecordedEvent(BATCH, new BatchEvent.Opened(spec)));
            for (int index = 0; index < operations; index++) {
                events.add(new RecordedEvent(BATCH, new BatchEvent.Item(new Operation(index,
                        job(Origin.Kind.BATCH, index), submission(Origin.Kind.BATCH, index), Optional.of(
                                new Operation.Compensation(TYPE, Lane.NORMAL, PolicyOverrides.NONE))))));
            }
        }

        Recording said(BatchEvent event) {
            events.add(new RecordedEvent(BATCH, event));
            return this;
        }

        Recording released(Origin.Kind kind, int index, int second) {
            return write(job(kind, index), Fact.JobQueued.first(submission(kind, index)), second);
        }

        Recording ended(Origin.Kind kind, int index, int second, boolean success) {
            JobId job = job(kind, index);
            ClaimId claim = new ClaimId("claim of " + job);
            notices.add(new JobNotice(new Origin(kind, BATCH.toString(), index), job, TYPE,
                    success ? JobState.COMPLETED : JobState.FAILED, Optional.empty(), Optional.empty(),
                    Optional.empty(), NOON));
            write(job, new Fact.AttemptStarted(1, claim, new WorkerId("w"),
                    new CommandPosition("leat.jobs.demo.normal", 0, 1), Optional.empty(), NOON), second);
            return write(job, success
                    ? new Fact.AttemptSucceeded(1, claim, new Json("1"), NOON)
                    : new Fact.AttemptFailed(1, claim, JobError.of("no", "no"), Optional.empty(), NOON), second);
        }

        private Recording write(JobId job, Fact fact, int second) {
            facts.add(new RecordedFact(job, fact, Optional.empty(), Optional.of(NOON.plusSeconds(second))));
            return this;
        }

        History history(Optional<BatchView> shown, Set<String> refused) {
            return new History(Set.of(), facts, Map.of(), Observations.NONE,
                    new BatchRecords(Set.of(BATCH), refused, events, notices,
                            Map.of("projector", shown.map(view -> Map.of(BATCH, view)).orElse(Map.of()))),
                    PluginRecords.NONE);
        }

        History history() {
            return history(Optional.empty(), Set.of());
        }
    }

    private static JobId job(Origin.Kind kind, int index) {
        return new JobId(new UUID(0x7000L, 0x8000_0000_0000_0000L | (kind == Origin.Kind.BATCH ? 0 : 0x100) | index));
    }

    private static Submission submission(Origin.Kind kind, int index) {
        return Submission.plain(TYPE, Lane.NORMAL, new Json("{}"), List.of(), NOON)
                .of(new Origin(kind, BATCH.toString(), index));
    }

    private static Recording batch(int operations) {
        return new Recording(operations, OptionalInt.empty(), BatchOptions.OnFailure.CONTINUE);
    }

    private static Recording ofConcurrency(int concurrency) {
        return new Recording(2, OptionalInt.of(concurrency), BatchOptions.OnFailure.CONTINUE);
    }

    private static BatchView view(String status, Map<String, Integer> states) {
        return new BatchView(BATCH, Optional.empty(), status, 2, 0, 0, 0, states, "continue", Optional.empty(),
                Optional.empty(), Optional.empty(), NOON, Optional.of(NOON), Optional.of(NOON), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    private static Map<String, Integer> states(int completed, int failed, int skipped) {
        return Map.of("waiting", 0, "released", 0, "completed", completed, "failed", failed, "timed_out", 0,
                "cancelled", 0, "expired", 0, "rejected", 0, "skipped", skipped);
    }

    @Test
    void shouldFindAnOperationThatIsReleasedTwiceOrAsAnotherJob() {
        History once = batch(1).released(Origin.Kind.BATCH, 0, 1).history();
        History twice = batch(1).released(Origin.Kind.BATCH, 0, 1).released(Origin.Kind.BATCH, 0, 2).history();
        History another = batch(1)
                .write(job(Origin.Kind.BATCH, 7), Fact.JobQueued.first(submission(Origin.Kind.BATCH, 0)), 1)
                .history();

        assertThat(new BatchReleasesOnce().violations(once)).isEmpty();
        assertThat(new BatchReleasesOnce().violations(twice)).singleElement()
                .asString()
                .contains("submitted 2 times");
        assertThat(new BatchReleasesOnce().violations(another)).singleElement()
                .asString()
                .contains("but it was released as");
    }

    @Test
    void shouldFindWhatIsLeftOfARefusedBatch() {
        Recording unopened = batch(1).released(Origin.Kind.BATCH, 0, 1);
        unopened.events.clear();

        assertThat(new BatchReleasesOnce().violations(unopened.history()))
                .anyMatch(violation -> violation.contains("never opened"));
        assertThat(new BatchReleasesOnce().violations(batch(1).history(Optional.empty(), Set.of("name"))))
                .anyMatch(violation -> violation.contains("as it was refused"));
    }

    @Test
    void shouldFindMoreOperationsOnTheirWayThanTheConcurrency() {
        History inTurn = ofConcurrency(1).released(Origin.Kind.BATCH, 0, 1)
                .ended(Origin.Kind.BATCH, 0, 2, true)
                .released(Origin.Kind.BATCH, 1, 2)
                .history();
        History together = ofConcurrency(1).released(Origin.Kind.BATCH, 0, 1)
                .released(Origin.Kind.BATCH, 1, 2)
                .ended(Origin.Kind.BATCH, 0, 3, true)
                .history();

        assertThat(new BatchReleasesOnce().violations(inTurn)).isEmpty();
        assertThat(new BatchReleasesOnce().violations(together)).singleElement()
                .asString()
                .contains("at most 1", "there were 2");
    }

    @Test
    void shouldFindABatchThatDoesNotEndOrEndsWithWrongCounts() {
        Recording mixed = batch(2).released(Origin.Kind.BATCH, 0, 1)
                .released(Origin.Kind.BATCH, 1, 1)
                .ended(Origin.Kind.BATCH, 0, 2, true)
                .ended(Origin.Kind.BATCH, 1, 3, false);

        assertThat(new BatchSettles()
                .violations(mixed.history(Optional.of(view("failed", states(1, 1, 0))), Set.of()))).isEmpty();
        assertThat(new BatchSettles()
                .violations(mixed.history(Optional.of(view("failed", states(2, 0, 0))), Set.of()))).hasSize(1);
        assertThat(new BatchSettles()
                .violations(mixed.history(Optional.of(view("completed", states(1, 1, 0))), Set.of()))).hasSize(1);
        assertThat(new BatchSettles().violations(mixed.history())).singleElement()
                .asString()
                .contains("does not know it");
        assertThat(new BatchSettles().violations(batch(2).released(Origin.Kind.BATCH, 0, 1).history()))
                .singleElement()
                .asString()
                .contains("to end, but 0 have");
    }

    @Test
    void shouldMissOperationsOnlyOfABatchThatWasStopped() {
        Recording stopped = new Recording(2, OptionalInt.empty(), BatchOptions.OnFailure.STOP)
                .released(Origin.Kind.BATCH, 0, 1)
                .ended(Origin.Kind.BATCH, 0, 2, false);
        Recording continued = batch(2).released(Origin.Kind.BATCH, 0, 1).ended(Origin.Kind.BATCH, 0, 2, false);
        Optional<BatchView> shown = Optional.of(view("failed", states(0, 1, 1)));

        assertThat(new BatchSettles().violations(stopped.history(shown, Set.of()))).isEmpty();
        assertThat(new BatchSettles().violations(continued.history(shown, Set.of()))).singleElement()
                .asString()
                .contains("all 2 operations");
    }

    private static Recording completed() {
        return batch(2).released(Origin.Kind.BATCH, 0, 1)
                .released(Origin.Kind.BATCH, 1, 1)
                .ended(Origin.Kind.BATCH, 1, 2, true)
                .ended(Origin.Kind.BATCH, 0, 3, true);
    }

    @Test
    void shouldFindABatchThatIsTakenBackInAnyOtherOrderThanTheReverse() {
        BatchEvent wanted = new BatchEvent.RollbackRequested(NOON);
        Recording reversed = completed().said(wanted)
                .released(Origin.Kind.COMPENSATION, 0, 4)
                .ended(Origin.Kind.COMPENSATION, 0, 5, true)
                .released(Origin.Kind.COMPENSATION, 1, 5);
        Recording inOrder = completed().said(wanted)
                .released(Origin.Kind.COMPENSATION, 1, 4)
                .ended(Origin.Kind.COMPENSATION, 1, 5, true)
                .released(Origin.Kind.COMPENSATION, 0, 5);
        Recording together = completed().said(wanted)
                .released(Origin.Kind.COMPENSATION, 0, 4)
                .released(Origin.Kind.COMPENSATION, 1, 4)
                .ended(Origin.Kind.COMPENSATION, 0, 5, true);

        assertThat(new RollbackReversed().violations(reversed.history())).isEmpty();
        assertThat(new RollbackReversed().violations(inOrder.history())).singleElement()
                .asString()
                .contains("[0, 1]", "[1, 0]");
        assertThat(new RollbackReversed().violations(together.history())).singleElement()
                .asString()
                .contains("when what was before it had ended");
    }

    @Test
    void shouldFindABatchThatIsTakenBackThoughNobodyWantsThatOrNotToTheEnd() {
        Recording unwanted = completed().released(Origin.Kind.COMPENSATION, 0, 4);
        Recording partly = completed().said(new BatchEvent.RollbackRequested(NOON))
                .released(Origin.Kind.COMPENSATION, 0, 4);

        assertThat(new RollbackReversed().violations(unwanted.history())).hasSize(1);
        assertThat(new RollbackReversed().violations(partly.history())).hasSize(1);
        assertThat(new RollbackReversed().violations(completed().history())).isEmpty();
    }
}
