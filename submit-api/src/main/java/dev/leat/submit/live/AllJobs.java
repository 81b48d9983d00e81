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
 * <p>Invariant: facts go through it in the order in which they came, none twice. For one thread at a time.
 */
final class AllJobs {

    private static final Duration CATCH_UP = Duration.ofSeconds(15);
    /** How many jobs it remembers that are open, and how many that have ended. */
    private static final int MOST_OPEN = 20_000;
    private static final int MOST_ENDED = 50_000;

    private final JobWatcher.Parts parts;
    private final Map<JobId, JobWatch> open = leastRecent(MOST_OPEN);
    private final Map<JobId, Boolean> ended = leastRecent(MOST_ENDED);
    private final List<LoggedFact> ahead = new ArrayList<>();
    private LogPosition position;
    private long sequence;

    AllJobs(JobWatcher.Parts parts, LogPosition position, long sequence) {
        this.parts = parts;
        this.position = position;
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

    /** Whether there is nothing to {@link #fold}. */
    boolean isDone() {
        return ahead.isEmpty();
    }

    /** Nothing has come up to there. */
    void moveTo(LogPosition place) {
        position = position.later(place);
    }

    /**
     * Takes facts in, and sees to it that it knows all of their jobs. Where it cannot, nothing is lost: the next call goes
     * on, with or without facts.
     *
     * @param queue where facts come from, to look ahead in
     * @return how many facts can be folded
     * @throws dev.leat.runtime.http.ProblemException 503 where the projectors do not answer, or are ahead of this API
     */
    int prepare(List<LoggedFact> facts, FactQueue queue) {
        ahead.addAll(LogOrder.byCause(facts));
        int ready = ahead.size();
        Map<JobId, LoggedFact> strangers = strangers();
        if (strangers.isEmpty()) {
            return ready;
        }
        Map<JobId, Job> known = new HashMap<>();
        LogPosition shown = ask(strangers, known);
        if (!parts.tail().awaitPosition(shown, CATCH_UP)) {
            // Facts that the projectors have folded and that are still to be read would be taken for old ones.
            throw ApiProblems.streamUnavailable("This API is behind the projectors.");
        }
        ahead.addAll(queue.drain());
        Map<JobId, List<LoggedFact>> theirs = ahead.stream()
                .filter(fact -> strangers.containsKey(fact.job()))
                .collect(Collectors.groupingBy(LoggedFact::job));
        theirs.forEach((id, since) -> open.put(id, then(known.getOrDefault(id, Job.unknown(id)), shown, since)));
        return ready;
    }

    private static JobWatch then(Job known, LogPosition shown, List<LoggedFact> since) {
        Job now = known;
        for (LoggedFact fact : since) {
            now = fact.isFrom(shown) ? JobFold.apply(now, fact.fact()) : now;
        }
        return new JobWatch(Rewind.before(now, since.stream().map(LoggedFact::fact).toList()));
    }

    /** The jobs that it does not know, with their first facts; those that begin with these need not be asked for. */
    private Map<JobId, LoggedFact> strangers() {
        Map<JobId, LoggedFact> strangers = new LinkedHashMap<>();
        for (LoggedFact fact : ahead) {
            if (open.containsKey(fact.job()) || ended.containsKey(fact.job()) || strangers.containsKey(fact.job())) {
                continue;
            }
            if (isFirst(fact.fact())) {
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
        }
        return shown;
    }

    /** Folds as many facts as {@link #prepare} said, and gives each that is to be told, with its number. */
    void fold(int ready, BiConsumer<JobHappening, Long> teller) {
        List<LoggedFact> now = ahead.subList(0, ready);
        for (LoggedFact fact : now) {
            position = position.after(fact.topic(), fact.partition(), fact.offset());
            sequence = Math.max(sequence, fact.sequence());
            take(fact).ifPresent(happening -> teller.accept(happening, fact.sequence()));
        }
        now.clear();
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
