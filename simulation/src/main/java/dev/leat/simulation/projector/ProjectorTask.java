package dev.leat.simulation.projector;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.leat.domain.Claim;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.Origin;
import dev.leat.domain.Request;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.projection.Effect;
import dev.leat.domain.projection.KeyHolders;
import dev.leat.domain.projection.Projection;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleId;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.simulation.PlannedFault;
import dev.leat.simulation.kafka.Log;
import dev.leat.simulation.kafka.LogRecord;
import dev.leat.simulation.kafka.Producer;
import dev.leat.simulation.kafka.Tail;
import dev.leat.simulation.kafka.Transaction;
import dev.leat.simulation.world.World;

/**
 * A task of the projector under exactly-once semantics: what it reads, stores and writes counts together or not at all.
 *
 * <pre>
 *   restoring --> reading --commit--> waiting for its own records, then for Kafka's word --> reading
 *                                                  '-- refused --> begun anew
 * </pre>
 */
final class ProjectorTask implements LossSweep.Claims, KeyHolders, ScheduleWork.Task, BatchWork.Task {

    private static final Duration RETENTION = Duration.ofHours(24);
    private static final long COMMIT_EVERY = World.millis(100);
    private static final long PATIENCE = World.millis(1_500);
    private static final long TRANSACTION_TIMEOUT = World.millis(10_000);
    private static final long RESTORE_AGAIN = World.millis(200);

    private final ProjectorNode node;
    private final ProjectorNode.Setup setup;
    private final WorkerWatch watch;
    private final ProjectorLife life;
    private final int partition;
    private final Projection projection = new Projection(RETENTION);
    private final Producer producer;
    private final ScheduleWork schedules;
    private final BatchWork batches;
    private final List<Tail> tails = new ArrayList<>();
    private final List<Consumer<TaskStore>> changes = new ArrayList<>();
    private TaskStore store = new TaskStore();
    private Optional<Transaction> transaction = Optional.empty();
    private int unacknowledged;
    private boolean restored;
    private boolean committing;
    private boolean closed;

    ProjectorTask(ProjectorNode node, ProjectorNode.Setup setup, WorkerWatch watch, ProjectorLife life, int partition) {
        this.node = node;
        this.setup = setup;
        this.watch = watch;
        this.life = life;
        this.partition = partition;
        this.producer = new Producer(node, node.world());
        this.schedules = new ScheduleWork(node, setup.cluster(), setup.rules().schedules(), this);
        this.batches = new BatchWork(node, setup.cluster(), setup.rules(), this);
        restore();
    }

    private void restore() {
        node.ask("restore", () -> setup.changelog().restore(partition), answer -> {
            if (closed) {
                return;
            }
            Optional<TaskStore> found = answer.flatMap(there -> there);
            if (found.isPresent()) {
                begin(found.get());
            } else {
                node.after(RESTORE_AGAIN, this::restore);
            }
        }, PATIENCE);
    }

    private void begin(TaskStore found) {
        node.world().tell(() -> node.identity() + " begins with partition " + partition);
        store = found;
        restored = true;
        store.jobs().values().forEach(job -> job.claims().stream().map(Claim::worker).forEach(watch::claimed));
        setup.cluster()
                .sources(partition)
                .forEach(log -> tails.add(Tail.of(node, log, store.positions().getOrDefault(log.name(), 0L),
                        this::isReady, reading(log))));
        var _ = new LossSweep(node, setup.cluster().workers(), watch, setup.rules().losses(), this);
        node.after(COMMIT_EVERY, this::turn);
    }

    void close() {
        closed = true;
        tails.forEach(Tail::close);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isLive() {
        return restored && !closed;
    }

    @Override
    public boolean isReady() {
        return isLive() && !committing && !life.isRebalancing();
    }

    private Tail.Handler reading(Log log) {
        return source -> {
            change(kept -> kept.positions().put(log.name(), source.offset() + 1));
            read(source);
        };
    }

    private void read(LogRecord source) {
        switch (source.value()) {
            case Fact fact -> fold((JobId) source.key(), fact);
            case ScheduleRevision revision -> schedules.revise(revision);
            case JobNotice notice when notice.origin().kind() == Origin.Kind.SCHEDULE -> schedules.hear(notice);
            case JobNotice notice -> batches.hear(notice);
            case BatchEvent event -> batches.take((BatchId) source.key(), event);
            default -> {
                JobId id = (JobId) source.key();
                run(id, projection.requested(store.job(id), (Request) source.value()));
            }
        }
    }

    private void fold(JobId id, Fact fact) {
        Job before = store.job(id);
        Job after = setup.rules().fold().apply(before, fact);
        if (!after.equals(before)) {
            change(kept -> kept.jobs().put(id, after));
            if (fact instanceof Fact.AttemptStarted start) {
                watch.claimed(start.worker());
            }
            if (after.state() != before.state() || after.attempt() != before.attempt()) {
                node.world().tell(() -> node.identity() + " shows " + id + " as " + after.state().wireName()
                        + ", attempt " + after.attempt() + ", by " + fact.getClass().getSimpleName());
            }
            if (after.submission().isPresent()
                    && (after.state().isTerminal() || before.state().isTerminal())) {
                setup.recorder().seen(id, after.state(), node.now());
            }
        }
        run(id, projection.folded(before, after, fact, this, node.clock()));
    }

    private void run(JobId id, List<Effect> effects) {
        effects.forEach(effect -> run(id, effect));
    }

    private void run(JobId id, Effect effect) {
        switch (effect) {
            case Effect.Decide(Fact decision) -> decide(id, decision);
            case Effect.Queue(Fact.JobQueued command) -> {
                node.world().tell(() -> node.identity() + " queues attempt " + command.attempt() + " of " + id);
                send(setup.cluster().lane(command.submission().lane(), id), id, command);
            }
            case Effect.Ask(Request request) -> send(setup.cluster().control(id), id, request);
            case Effect.Tell(JobId other, Request request) -> send(setup.cluster().control(other), other, request);
            case Effect.Schedule(Instant at, var action) ->
                change(kept -> kept.due().add(new DueEntry(at, id, action)));
            case Effect.Notify(JobNotice notice) -> {
                String submitter = notice.origin().id();
                send(setup.cluster().notices(submitter), submitter, notice);
            }
            case Effect.HoldKey(String key) -> change(kept -> kept.keys().put(key, id));
            case Effect.FreeKey(String key) -> change(kept -> kept.keys().remove(key, id));
            case Effect.Forget(JobId job) -> {
                node.world().tell(() -> node.identity() + " forgets " + job);
                change(kept -> kept.jobs().remove(job));
            }
        }
    }

    @Override
    public void decide(JobId job, Fact decision) {
        node.world().tell(() -> node.identity() + " decides " + decision.getClass().getSimpleName() + " about " + job);
        setup.recorder().leases().decided(decision);
        send(setup.cluster().events(job), job, decision);
    }

    private void change(Consumer<TaskStore> change) {
        ensureTransaction();
        change.accept(store);
        changes.add(change);
    }

    private void send(Log log, Object key, Object value) {
        Transaction own = ensureTransaction();
        unacknowledged++;
        producer.send(log, key, value, own, () -> unacknowledged--);
    }

    private Transaction ensureTransaction() {
        return transaction.orElseGet(() -> {
            Transaction begun = new Transaction();
            transaction = Optional.of(begun);
            setup.changelog().begun(partition, begun);
            node.world().after(TRANSACTION_TIMEOUT, () -> begun.end(false));
            return begun;
        });
    }

    private void turn() {
        if (isLive()) {
            if (isReady()) {
                comeDue();
                schedules.comeDue();
                batches.goOn();
            }
            var _ = commitNow();
            node.after(COMMIT_EVERY, this::turn);
        }
    }

    private void comeDue() {
        Instant now = node.clock();
        while (!store.due().isEmpty() && !store.due().first().at().isAfter(now)) {
            DueEntry entry = store.due().first();
            change(kept -> kept.due().remove(entry));
            run(entry.job(), projection.due(store.job(entry.job()), entry.action(), now));
        }
    }

    /** Begins to commit where there is something; whether there is nothing to wait for. */
    boolean commitNow() {
        if (isLive() && !committing && transaction.isPresent()) {
            committing = true;
            setup.moments().reached(PlannedFault.Moment.TRANSACTION, node);
            commit(transaction.get());
        }
        return !isLive() || !committing;
    }

    private void commit(Transaction own) {
        if (closed) {
            return;
        }
        if (unacknowledged > 0) {
            node.after(World.millis(1), () -> commit(own));
            return;
        }
        List<Consumer<TaskStore>> done = List.copyOf(changes);
        int epoch = life.epoch();
        node.ask("transactions", () -> end(own, epoch, done), answer -> {
            if (closed) {
                return;
            }
            if (answer.isEmpty()) {
                commit(own);
            } else if (answer.get()) {
                committed();
            } else {
                node.world().tell(() -> node.identity() + " is fenced off partition " + partition);
                life.fenced(this);
            }
        }, PATIENCE);
    }

    /** At Kafka. Asked a second time, it says the same. */
    private boolean end(Transaction own, int epoch, List<Consumer<TaskStore>> done) {
        if (own.isOpen()) {
            boolean accepted = setup.cluster().projectors().isCurrent(life.memberId(), epoch);
            if (accepted) {
                setup.changelog().committed(partition, done);
            }
            own.end(accepted);
        }
        return own.isCommitted();
    }

    private void committed() {
        changes.clear();
        transaction = Optional.empty();
        committing = false;
        wake();
    }

    /** Goes on to read. */
    void wake() {
        tails.forEach(Tail::wake);
    }

    @Override
    public Collection<Job> jobs() {
        return store.jobs().values();
    }

    @Override
    public Job job(JobId id) {
        return store.job(id);
    }

    @Override
    public Collection<Schedule> schedules() {
        return store.schedules().values();
    }

    @Override
    public Optional<Schedule> schedule(ScheduleId id) {
        return Optional.ofNullable(store.schedules().get(id));
    }

    @Override
    public void keep(Schedule schedule) {
        change(kept -> kept.schedules().put(schedule.id(), schedule));
    }

    @Override
    public BatchStore batches() {
        return store.batches();
    }

    @Override
    public void changeBatches(Consumer<BatchStore> change) {
        change(kept -> change.accept(kept.batches()));
    }

    @Override
    public void write(Log log, JobId job, Object value) {
        send(log, job, value);
    }

    @Override
    public Optional<Job> holderOf(String key) {
        return Optional.ofNullable(store.keys().get(key)).flatMap(id -> Optional.ofNullable(store.jobs().get(id)));
    }

    @Override
    public boolean isHome(String key) {
        return setup.cluster().partitionOf(key) == partition;
    }
}
