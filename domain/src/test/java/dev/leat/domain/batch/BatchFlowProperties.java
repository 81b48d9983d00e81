package dev.leat.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.leat.domain.JobState;
import dev.leat.domain.Origin;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BatchFlowProperties {

    private static final List<JobState> ENDS = List.of(JobState.COMPLETED, JobState.COMPLETED, JobState.COMPLETED,
            JobState.FAILED, JobState.TIMED_OUT, JobState.CANCELLED, JobState.REJECTED);

    /** One batch that people and workers act on in any order. */
    private static final class Life {

        private final Random random;
        private final int window;
        private final BatchOptions options;
        private final BatchModel model;
        /** Jobs that have ended, in the order in which the batch was told first. */
        private final List<BatchEffect.Submit> told = new ArrayList<>();
        private int releasedWhenHalted = -1;
        private BatchModel.Snapshot commit;
        private List<BatchEffect.Submit> toldAtCommit = List.of();

        Life(long seed) {
            random = new Random(seed);
            window = 1 + random.nextInt(6);
            options = new BatchOptions(
                    random.nextBoolean() ? BatchOptions.OnFailure.STOP : BatchOptions.OnFailure.CONTINUE,
                    random.nextBoolean() ? Optional.of(1 + random.nextInt(8)) : Optional.empty());
            boolean[] compensable = new boolean[1 + random.nextInt(12)];
            for (int i = 0; i < compensable.length; i++) {
                compensable[i] = random.nextInt(3) > 0;
            }
            model = BatchModel.received(window, options, compensable);
            commit = model.snapshot();
        }

        private void commit() {
            commit = model.snapshot();
            toldAtCommit = List.copyOf(told);
        }

        /** What has not been committed is not there, and the notices since come again. */
        private void crash() {
            model.restore(commit);
            told.clear();
            told.addAll(toldAtCommit);
            releasedWhenHalted = -1;
        }

        void live() {
            for (int i = 0; i < 200; i++) {
                act();
                check();
            }
            model.work();
            for (int i = 0; i < 200 && !open().isEmpty(); i++) {
                end(open().getFirst());
                model.work();
                check();
            }
        }

        private void act() {
            switch (random.nextInt(20)) {
                case 0 -> human(model::cancel);
                case 1 -> human(model::rollBack);
                case 2, 3 -> tellAgain();
                case 4, 5, 6, 7, 8 -> tellOne();
                case 9, 10 -> commit();
                case 11 -> crash();
                default -> model.step();
            }
        }

        private void human(Runnable act) {
            if (random.nextInt(4) == 0) {
                act.run();
            }
        }

        private List<BatchEffect.Submit> open() {
            List<BatchEffect.Submit> open = new ArrayList<>(model.submitted);
            open.removeAll(told);
            return open;
        }

        private void tellOne() {
            List<BatchEffect.Submit> open = open();
            if (!open.isEmpty()) {
                end(open.get(random.nextInt(open.size())));
            }
        }

        private void end(BatchEffect.Submit job) {
            model.end(job, ENDS.get(random.nextInt(ENDS.size())));
            told.add(job);
        }

        private void tellAgain() {
            if (!told.isEmpty()) {
                Batch before = model.batch();
                model.end(told.get(random.nextInt(told.size())), ENDS.get(random.nextInt(ENDS.size())));
                assertThat(model.batch()).as("told twice").isEqualTo(before);
            }
        }

        private void check() {
            assertThat(model.submitted).extracting(BatchEffect.Submit::job).doesNotHaveDuplicates();
            assertThat(model.batch().open())
                    .isBetween(0, Math.min(window, options.concurrency().orElse(Integer.MAX_VALUE)));
            assertThat(openCompensations()).isLessThanOrEqualTo(1);
            assertThat(model.batch().tally().total()).isEqualTo(model.members.values()
                    .stream()
                    .filter(member -> !member.isOpen())
                    .count());
            if (model.batch().halt().isPresent()) {
                if (releasedWhenHalted < 0) {
                    releasedWhenHalted = model.batch().released();
                }
                assertThat(model.batch().released()).as("released after a halt").isEqualTo(releasedWhenHalted);
            }
        }

        private long openCompensations() {
            return open().stream().filter(job -> kind(job) == Origin.Kind.COMPENSATION).count();
        }

        private static Origin.Kind kind(BatchEffect.Submit job) {
            return job.submission().origin().orElseThrow().kind();
        }

        /** The completed operations that can be taken back, the last one first. */
        List<Long> toBeTakenBack() {
            List<Long> completed = new ArrayList<>();
            for (int i = 0; i < model.batch().tally().completed(); i++) {
                model.completed(i)
                        .filter(BatchMember::compensable)
                        .ifPresent(member -> completed.add((long) member.index()));
            }
            Collections.reverse(completed);
            return completed;
        }
    }

    @Property(tries = 1000)
    void everyBatchEndsWithEachOperationReleasedOrSkippedOnce(@ForAll long seed) {
        Life life = new Life(seed);

        life.live();

        Batch batch = life.model.batch();
        assertThat(batch.isFinished()).as("%s is finished", batch).isTrue();
        assertThat(batch.tally().total() + batch.skipped()).isEqualTo(batch.spec().total());
        assertThat(life.model.indexes(Origin.Kind.BATCH))
                .containsExactlyElementsOf(java.util.stream.LongStream.range(0, batch.released()).boxed().toList());
        assertThat(life.model.indexes(Origin.Kind.SUMMARY)).hasSize(1);
        assertThat(life.model.indexes(Origin.Kind.COMPENSATION)).containsExactlyElementsOf(
                batch.halt().equals(Optional.of(Batch.Halt.ROLLBACK)) ? life.toBeTakenBack() : List.of());
    }
}
