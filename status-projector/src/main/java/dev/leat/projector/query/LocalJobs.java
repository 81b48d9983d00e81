package dev.leat.projector.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.apache.kafka.common.errors.RetriableException;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobLog;
import dev.leat.domain.JobView;
import dev.leat.domain.estimate.Estimates;
import dev.leat.projector.index.FoldSignals;
import dev.leat.projector.index.ListedJob;
import dev.leat.projector.index.OwnedPartitions;
import dev.leat.projector.index.PartitionView;
import dev.leat.runtime.kafka.PartitionOf;
import dev.leat.schemas.Codec;

/** Answers from the partitions of this instance. Thread-safe; callers may block, for as long as they say. */
final class LocalJobs {

    private final StoredJobs stored;
    private final OwnedPartitions owned;
    private final FoldSignals<JobId> signals;
    private final Codec<Fact.JobScheduled> codec;
    private final Serving.Place place;

    LocalJobs(StoredJobs stored, OwnedPartitions owned, FoldSignals<JobId> signals, Codec<Fact.JobScheduled> codec,
            Serving.Place place) {
        this.stored = stored;
        this.owned = owned;
        this.signals = signals;
        this.codec = codec;
        this.place = place;
    }

    int partitionOf(JobId id) {
        return PartitionOf.job(id, place.partitions());
    }

    boolean owns(JobId id) {
        return owned.find(partitionOf(id)).isPresent();
    }

    /**
     * The job, with what the record at the position says.
     *
     * @return empty where its command has not come
     * @throws dev.leat.runtime.http.ProblemException 503 where the partition is not here, or the command's position was
     *         not reached in time: the job may exist then
     */
    Optional<Job> findAt(CommandPosition position, JobId id, Duration timeout) throws InterruptedException {
        PartitionView view = view(id);
        boolean reached = signals.await(id, () -> isGone(view) || isFolded(position, view, id), timeout);
        Optional<Job> job = find(id);
        if (!reached && job.isEmpty()) {
            throw QueryProblems.unavailable("Expected facts to be folded up to " + position + " within " + timeout
                    + ", but they are not.");
        }
        return job;
    }

    /** The job, as soon as its command has come. */
    Optional<Job> findWithin(JobId id, Duration timeout) throws InterruptedException {
        PartitionView view = view(id);
        signals.await(id, () -> isGone(view) || find(id).isPresent(), timeout);
        return find(id);
    }

    /** The job, as soon as it is so; as it is then where that takes longer than the timeout, empty once it is gone. */
    Optional<Job> findWhen(JobId id, Predicate<Job> isSo, Duration timeout) throws InterruptedException {
        PartitionView view = view(id);
        signals.await(id, () -> isGone(view) || find(id).map(isSo::test).orElse(true), timeout);
        return find(id);
    }

    /** The job; empty where its command has not come. */
    Optional<Job> find(JobId id) {
        view(id);
        return stored.find(partitionOf(id), id).filter(job -> job.submission().isPresent());
    }

    /** The job's log; empty where it has none. */
    Optional<JobLog> findLog(JobId id) {
        view(id);
        return stored.findLog(partitionOf(id), id);
    }

    /** What was submitted, as a record that could stand on the pending topic. */
    byte[] recordOf(Job job) {
        try {
            return codec.encode(place.topics().pending(), new Fact.JobScheduled(job.submission().orElseThrow()));
        } catch (RetriableException registryAway) {
            throw QueryProblems.unavailable("The schema registry is away.");
        }
    }

    /** The job as it is shown, with a guess at how long it will run. */
    JobView show(Job job, Instant now) {
        JobView view = JobView.of(job).orElseThrow();
        return switch (job.state()) {
            case QUEUED -> view.withEstimate(Estimates.ofJob(owned.runTimes(view.type()), Duration.ZERO));
            case RUNNING -> view.withEstimate(Estimates.ofJob(owned.runTimes(view.type()),
                    view.startedAt().map(start -> Duration.between(start, now)).orElse(Duration.ZERO)));
            default -> view;
        };
    }

    private PartitionView view(JobId id) {
        int partition = partitionOf(id);
        return owned.find(partition).orElseThrow(() -> QueryProblems.inTransition("partition " + partition));
    }

    private boolean isGone(PartitionView view) {
        return owned.find(view.partition()).filter(view::equals).isEmpty();
    }

    /**
     * A task that has just begun does not know how far facts were folded before it. What the record says shows in the job
     * itself then: a command makes it visible, a request to cancel is remembered or has ended it.
     */
    private boolean isFolded(CommandPosition position, PartitionView view, JobId id) {
        if (view.foldedUpTo(position.topic()).orElse(0) > position.offset()) {
            return true;
        }
        if (view.foldedUpTo(position.topic()).isPresent()) {
            return false;
        }
        return find(id).filter(job -> shows(position, job)).isPresent();
    }

    private boolean shows(CommandPosition position, Job job) {
        boolean ofCommand = place.topics().parseLane(position.topic()).isPresent()
                || position.topic().equals(place.topics().pending());
        return ofCommand || job.isCancelRequested() || job.state().isTerminal();
    }

    /** The newest jobs of all partitions here, at most {@code limit}; each is looked up, so none is out of date. */
    List<ListPart.Entry> list(ListQuestion question, int limit) {
        Collection<PartitionView> views = owned.all();
        Iterator<ListedJob> newest = Merge.sorted(views.stream()
                .map(view -> view.index().newest(question.filter(), question.cursor()).iterator())
                .toList(), Comparator.comparing(ListedJob::position));
        List<ListPart.Entry> page = new ArrayList<>();
        while (page.size() < limit && newest.hasNext()) {
            entry(newest.next(), question).ifPresent(page::add);
        }
        return page;
    }

    private Optional<ListPart.Entry> entry(ListedJob listed, ListQuestion question) {
        return find(listed.position().id())
                .filter(job -> ListedJob.of(job)
                        .filter(now -> question.filter().matches(now) && now.position().equals(listed.position()))
                        .isPresent())
                .flatMap(JobView::of)
                .map(view -> new ListPart.Entry(listed.position(), view.withoutDetails()));
    }

    /** The partitions that are here now. */
    Collection<PartitionView> views() {
        return owned.all();
    }

    /** How many partitions there are, here and elsewhere. */
    int partitions() {
        return place.partitions();
    }
}
