package dev.leat.submit.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.live.JobWatch;
import dev.leat.domain.live.Rewind;
import dev.leat.submit.ApiProblems;

/**
 * Follows all jobs that anything happens to. Of a job that it has not followed so far it asks the projectors what it is
 * now, and from that and the facts since it learns what it was ({@link Rewind}): so many jobs at once that a long queue of
 * jobs that it has never heard of costs a request for each hundred.
 *
 * <p>Invariant: facts go through it in the order of {@link FactLine}, none twice. For one thread at a time.
 */
final class AllJobs {

    private static final Duration CATCH_UP = Duration.ofSeconds(15);
    private static final Duration UNCERTAIN = Duration.ofSeconds(5);
    /** How long to wait for what something in the line comes from, before looking again. */
    private static final Duration MOMENT = Duration.ofMillis(5);
    /** How many jobs it remembers that are open, and how many that have ended. */
    private static final int MOST_OPEN = 20_000;
    private static final int MOST_ENDED = 50_000;

    private final JobWatcher.Parts parts;
    private final Map<JobId, JobWatch> open = leastRecent(MOST_OPEN);
    private final Map<JobId, Boolean> ended = leastRecent(MOST_ENDED);
    private final FactQueue queue;
    /** Where it began, and what the projectors had yet to fold of what lies before, by partition. */
    private final LogPosition start;
    private final Map<Integer, Before> before = new HashMap<>();
    private final long began = System.nanoTime();
    /** Those of which it may not know the jobs, and then those that can be folded. */
    private final List<LoggedFact> ahead = new ArrayList<>();
    private final FactLine line = new FactLine();
    private LogPosition position;
    private long sequence;

    /** The facts of a partition from a place on, up to where this began. */
    private record Before(LogPosition from, List<LoggedFact> facts) {}

    /**
     * Begins at a place.
     *
     * @param queue where the facts come from that the tail hands out from there on
     * @param sequence the number of the last fact before
     */
    AllJobs(JobWatcher.Parts parts, FactQueue queue, LogPosition start, long sequence) {
        this.parts = parts;
        this.queue = queue;
        this.start = start;
        this.position = start;
        this.sequence = sequence;
    }

    private static <V> Map<JobId, V> leastRecent(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<JobId, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Everything before is folded. */
    LogPosition position() {
        return position;
    }

    /** The number of the last fact of the tail that is folded. */
    long sequence() {
        return sequence;
    }

    /** Whether all that it has taken in is folded. */
    boolean isDone() {
        return ahead.isEmpty() && line.isEmpty();
    }

    /** Nothing has come up to there. */
    void moveTo(LogPosition place) {
        position = position.later(place);
    }

    /** Whether there are facts of jobs that it may not know. */
    boolean isToPrepare() {
        return !ahead.isEmpty();
    }

    /** Takes in facts from before those of the queue. */
    void add(List<LoggedFact> facts) {
        ahead.addAll(facts);
    }

    /** Waits for facts where there are none, and takes them in, up to so many. */
    void await(Duration patience, int most) throws InterruptedException {
        queue.poll(isDone() ? patience : line.isEmpty() ? Duration.ZERO : MOMENT).ifPresent(ahead::add);
        queue.drainTo(ahead, most);
    }

    /**
     * Sees to it that it knows the jobs of all facts that it has taken in. Where it cannot, nothing is lost: the next call
     * goes on.
     *
     * @throws dev.leat.runtime.http.ProblemException 503 where the projectors do not answer, or are ahead of this API
     */
    void prepare() {
        passOver(ahead);
        Map<JobId, LoggedFact> strangers = strangers();
        List<LoggedFact> later = List.of();
        if (!strangers.isEmpty()) {
            Map<JobId, Job> known = new HashMap<>();
            LogPosition shown = ask(strangers, known);
            if (!parts.tail().awaitPosition(shown, CATCH_UP)) {
                // Facts that the projectors have folded and that are still to be read would be taken for old ones.
                throw ApiProblems.streamUnavailable("This API is behind the projectors.");
            }
            later = queue.drain();
            passOver(later);
            Map<JobId, List<LoggedFact>> theirs = Stream.concat(ahead.stream(), later.stream())
                    .filter(fact -> strangers.containsKey(fact.job()))
                    .collect(Collectors.groupingBy(LoggedFact::job));
            theirs.forEach((id, since) -> open.put(id, then(known.getOrDefault(id, Job.unknown(id)), shown, since)));
        }
        line.add(ahead);
        ahead.clear();
        ahead.addAll(later);
    }

    /** The place where it begins may be that of an API that has read further. */
    private void passOver(List<LoggedFact> facts) {
        facts.removeIf(fact -> {
            boolean over = !fact.isFrom(start);
            sequence = over ? Math.max(sequence, fact.sequence()) : sequence;
            return over;
        });
    }

    private JobWatch then(Job known, LogPosition shown, List<LoggedFact> since) {
        Job now = known;
        List<LoggedFact> earlier = Optional.ofNullable(before.get(since.getFirst().partition()))
                .map(Before::facts)
                .orElse(List.of());
        for (LoggedFact fact : Stream.concat(earlier.stream(), since.stream()).toList()) {
            now = fact.job().equals(known.id()) && fact.isFrom(shown) ? JobFold.apply(now, fact.fact()) : now;
        }
        return new JobWatch(Rewind.before(now, since.stream().map(LoggedFact::fact).toList()));
    }

    /**
     * The jobs that it does not know, with their first facts. Those that begin with these need not be asked for, but at the
     * beginning: of two topics, more may have been read of the one in which the later fact is.
     */
    private Map<JobId, LoggedFact> strangers() {
        Map<JobId, LoggedFact> strangers = new LinkedHashMap<>();
        for (LoggedFact fact : ahead) {
            if (open.containsKey(fact.job()) || ended.containsKey(fact.job()) || strangers.containsKey(fact.job())) {
                continue;
            }
            if (isFirst(fact.fact()) && System.nanoTime() - began > UNCERTAIN.toNanos()) {
                open.put(fact.job(), new JobWatch(Job.unknown(fact.job())));
            } else {
                strangers.put(fact.job(), fact);
            }
        }
        return strangers;
    }

    private static boolean isFirst(Fact fact) {
        return switch (fact) {
            case Fact.JobScheduled _ -> true;
            case Fact.JobQueued queued -> queued.attempt() == 1 && !queued.submission().terms().isConditional();
            default -> false;
        };
    }

    private LogPosition ask(Map<JobId, LoggedFact> strangers, Map<JobId, Job> known) {
        LogPosition shown = LogPosition.BEGINNING;
        Map<Integer, List<LoggedFact>> byPartition = strangers.values()
                .stream()
                .collect(Collectors.groupingBy(LoggedFact::partition));
        for (Map.Entry<Integer, List<LoggedFact>> some : byPartition.entrySet()) {
            Folds.Known answer = parts.folds()
                    .ask(some.getKey(), some.getValue().stream().map(LoggedFact::job).toList());
            answer.jobs().forEach((id, fold) -> known.put(id, fold.job()));
            shown = shown.later(answer.shown());
            readBefore(some.getKey(), answer.shown());
        }
        return shown;
    }

    /** What happened before this began, but is not in what the projectors say. */
    private void readBefore(int partition, LogPosition shown) {
        Optional<Before> read = Optional.ofNullable(before.get(partition)).filter(had -> shown.hasReached(had.from()));
        try {
            List<LoggedFact> facts = read.isPresent()
                    ? read.get().facts()
                    : parts.gaps().read(shown, start.only(partition, start.next().keySet()), Optional.empty());
            before.put(partition, new Before(shown, facts.stream().filter(fact -> fact.isFrom(shown)).toList()));
        } catch (PositionGoneException e) {
            throw ApiProblems.streamUnavailable("The projectors are too far behind.");
        }
    }

    /** Folds what can be folded, and gives each fact that is to be told, with its number. */
    void fold(BiConsumer<JobHappening, Long> teller) {
        Optional<LoggedFact> next = line.next(this::isEarly, System.nanoTime());
        while (next.isPresent()) {
            LoggedFact fact = next.get();
            position = position.after(fact.topic(), fact.partition(), fact.offset());
            sequence = Math.max(sequence, fact.sequence());
            take(fact).ifPresent(happening -> teller.accept(happening, fact.sequence()));
            next = line.next(this::isEarly, System.nanoTime());
        }
    }

    private boolean isEarly(LoggedFact fact) {
        return Optional.ofNullable(open.get(fact.job())).filter(job -> job.isEarly(fact.fact())).isPresent();
    }

    private Optional<JobHappening> take(LoggedFact fact) {
        Optional<JobWatch> watch = Optional.ofNullable(open.get(fact.job()));
        Optional<JobHappening> happening = watch.flatMap(job -> job.apply(fact.fact()))
                .map(told -> new JobHappening(told, position));
        if (watch.filter(JobWatch::isOver).isPresent()) {
            open.remove(fact.job());
            ended.put(fact.job(), true);
        }
        return happening;
    }
}
