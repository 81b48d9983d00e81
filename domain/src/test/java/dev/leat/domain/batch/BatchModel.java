package dev.leat.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

/** A batch as a shell runs it, with all that it has ever done. */
final class BatchModel implements BatchMembers {

    static final BatchId ID = BatchId.parse("01932d3a-7b4c-7000-8000-0000000000b1");
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final JobTypeName TYPE = JobTypeName.parse("demo:prime");
    static final JobTypeName UNDO = JobTypeName.parse("demo:undo");
    static final JobId SUMMARY = job(1_000_000);

    final BatchFlow flow;
    final Map<Integer, Operation> operations = new HashMap<>();
    final Map<Integer, BatchMember> members = new TreeMap<>();
    /** Every job that was submitted, in order. */
    final List<BatchEffect.Submit> submitted = new ArrayList<>();
    final List<JobId> askedToEnd = new ArrayList<>();
    final List<JobNotice> told = new ArrayList<>();
    private Optional<Batch> batch = Optional.empty();

    BatchModel(int window) {
        this.flow = new BatchFlow(window);
    }

    /** All that a shell keeps and has written, as of a commit. */
    record Snapshot(Optional<Batch> batch, Map<Integer, Operation> operations, Map<Integer, BatchMember> members,
            List<BatchEffect.Submit> submitted, List<JobId> askedToEnd) {}

    Snapshot snapshot() {
        return new Snapshot(batch, Map.copyOf(operations), Map.copyOf(members), List.copyOf(submitted),
                List.copyOf(askedToEnd));
    }

    /** Goes on from a commit, as another projector does: what was done since is not there. */
    void restore(Snapshot commit) {
        batch = commit.batch();
        operations.clear();
        operations.putAll(commit.operations());
        members.clear();
        members.putAll(commit.members());
        submitted.clear();
        submitted.addAll(commit.submitted());
        askedToEnd.clear();
        askedToEnd.addAll(commit.askedToEnd());
    }

    static JobId job(long number) {
        return new JobId(new java.util.UUID(0x01932d3a7b4c7000L, 0x8000000000000000L + number));
    }

    static Submission submission(JobTypeName type) {
        return Submission.plain(type, Lane.NORMAL, new Json("{\"n\":1}"), List.of(), NOW);
    }

    static Operation operation(int index, boolean compensable) {
        return new Operation(index, job(index),
                submission(TYPE).of(new Origin(Origin.Kind.BATCH, ID.toString(), index)),
                compensable
                        ? Optional.of(new Operation.Compensation(UNDO, Lane.HIGH, PolicyOverrides.NONE))
                        : Optional.empty());
    }

    /** A batch with a summary, all of whose operations are there; those can be taken back that are said to. */
    static BatchModel received(int window, BatchOptions options, boolean... compensable) {
        BatchModel model = new BatchModel(window);
        model.open(options, compensable.length);
        for (int i = 0; i < compensable.length; i++) {
            model.item(operation(i, compensable[i]));
        }
        return model;
    }

    void open(BatchOptions options, int total) {
        batch = Optional.of(flow.opened(ID, batch, new BatchSpec(Optional.empty(), total, Map.of(TYPE, total), options,
                Optional.of(new BatchSpec.SummaryJob(SUMMARY, submission(TYPE))), NOW)));
    }

    void open(BatchSpec spec) {
        batch = Optional.of(flow.opened(ID, batch, spec));
    }

    void item(Operation operation) {
        operations.put(operation.index(), operation);
        batch = Optional.of(flow.received(batch(), operation.index()));
    }

    Batch batch() {
        return batch.orElseThrow();
    }

    void cancel() {
        batch = Optional.of(flow.cancelled(batch()));
    }

    void rollBack() {
        batch = Optional.of(flow.rollbackRequested(batch()));
    }

    /** Tells that a job has ended. */
    void end(BatchEffect.Submit job, JobState state) {
        take(flow.notified(batch(), notice(job, state), this));
    }

    static JobNotice notice(BatchEffect.Submit job, JobState state) {
        return new JobNotice(job.submission().origin().orElseThrow(), job.job(), job.submission().type(), state,
                state == JobState.COMPLETED ? Optional.of(new Json("\"r" + job.job() + "\"")) : Optional.empty(),
                state == JobState.COMPLETED ? Optional.empty() : Optional.of(JobError.of("boom", "It broke")),
                Optional.of(NOW), NOW.plusSeconds(2));
    }

    /** Does one thing by itself; says whether there was one. */
    boolean step() {
        Optional<BatchChange> next = flow.next(batch(), this, NOW);
        next.ifPresent(this::take);
        return next.isPresent();
    }

    /** Does all that it can do by itself. */
    BatchModel work() {
        int steps = 0;
        while (step()) {
            assertThat(steps++).as("steps without an end").isLessThan(10_000);
        }
        return this;
    }

    private void take(BatchChange change) {
        batch = Optional.of(change.batch());
        change.effects().forEach(effect -> {
            switch (effect) {
                case BatchEffect.Keep(BatchMember member) -> members.put(member.index(), member);
                case BatchEffect.Drop(int index) -> operations.remove(index);
                case BatchEffect.Submit submit -> submitted.add(submit);
                case BatchEffect.End(JobId job) -> askedToEnd.add(job);
                case BatchEffect.Tell(JobNotice notice) -> told.add(notice);
            }
        });
    }

    /** The jobs of a kind that were submitted, by the index of their operation. */
    List<Long> indexes(Origin.Kind kind) {
        return submitted.stream()
                .flatMap(job -> job.submission().origin().stream())
                .filter(origin -> origin.kind() == kind)
                .map(Origin::index)
                .toList();
    }

    BatchEffect.Submit submit(Origin.Kind kind, int index) {
        return submitted.stream()
                .filter(job -> job.submission()
                        .origin()
                        .filter(origin -> origin.kind() == kind && origin.index() == index)
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    void end(int index, JobState state) {
        end(submit(Origin.Kind.BATCH, index), state);
    }

    void endUndo(int index, JobState state) {
        end(submit(Origin.Kind.COMPENSATION, index), state);
    }

    @Override
    public Optional<Operation> operation(int index) {
        return Optional.ofNullable(operations.get(index));
    }

    @Override
    public Optional<BatchMember> member(int index) {
        return Optional.ofNullable(members.get(index));
    }

    @Override
    public Optional<BatchMember> completed(int sequence) {
        return members.values()
                .stream()
                .filter(member -> member.end()
                        .flatMap(BatchMember.End::sequence)
                        .filter(number -> number == sequence)
                        .isPresent())
                .findFirst();
    }

    @Override
    public Optional<BatchMember> openFrom(int index) {
        return members.values().stream().filter(member -> member.index() >= index && member.isOpen()).findFirst();
    }
}
