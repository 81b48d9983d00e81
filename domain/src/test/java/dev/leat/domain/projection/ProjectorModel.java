package dev.leat.domain.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;
import dev.leat.domain.Request;
import dev.leat.domain.Waits;
import dev.leat.domain.WorkerId;

/**
 * One partition of everything: topics as queues, a projector that reads them in any order and carries out effects, and
 * one worker that takes commands from the lane and may do anything to them. Asserts as it goes.
 */
final class ProjectorModel {

    private static final JobError NO = JobError.of("no", "no");

    private record Told(JobId job, Fact fact) {}

    private record Due(Instant at, JobId job, DueAction action) {}

    private record Running(JobId job, Fact.JobQueued command, ClaimId claim) {}

    private record Queueing(JobId job, int attempt) {}

    final Map<JobId, Job> jobs = new HashMap<>();
    final MapOfHolders holders = new MapOfHolders(jobs);
    private final Random random;
    private final Projection projection = new Projection(Duration.ofHours(10));
    private final Map<String, Deque<Told>> unread = new HashMap<>();
    private final Deque<Told> lane = new ArrayDeque<>();
    private final List<Running> running = new ArrayList<>();
    private final List<Due> due = new ArrayList<>();
    final List<JobNotice> notices = new ArrayList<>();
    final Set<JobId> endedAndForgotten = new HashSet<>();
    private final Set<Queueing> queuedOnce = new HashSet<>();
    private final Set<JobId> unwantedByWorker = new HashSet<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private int claims;

    ProjectorModel(Random random) {
        this.random = random;
    }

    Instant now() {
        return now;
    }

    private void tell(String topic, JobId job, Fact fact) {
        unread.computeIfAbsent(topic, _ -> new ArrayDeque<>()).add(new Told(job, fact));
    }

    void submit(JobId job, Fact.JobScheduled fact) {
        tell("pending", job, fact);
    }

    void submit(JobId job, Fact.JobQueued command) {
        queue(job, command);
    }

    void request(JobId job, EndReason reason) {
        unwantedByWorker.add(job);
        tell("control", job, new Fact.EndRequested(reason, now));
    }

    private void queue(JobId job, Fact.JobQueued command) {
        assertThat(queuedOnce.add(new Queueing(job, command.attempt())))
                .as("attempt %s of %s is queued once", command.attempt(), job)
                .isTrue();
        lane.add(new Told(job, command));
        tell("lane", job, command);
    }

    /** One thing happens; false where nothing can, but time goes on. */
    boolean step() {
        List<Runnable> possible = new ArrayList<>();
        unread.values().stream().filter(topic -> !topic.isEmpty()).forEach(topic -> possible.add(() -> read(topic)));
        if (!lane.isEmpty()) {
            possible.add(this::claim);
        }
        if (!running.isEmpty()) {
            possible.add(() -> end(running.remove(random.nextInt(running.size()))));
        }
        if (due.stream().anyMatch(entry -> !entry.at().isAfter(now))) {
            possible.add(this::comeDue);
        }
        if (possible.isEmpty()) {
            return false;
        }
        possible.get(random.nextInt(possible.size())).run();
        return true;
    }

    /** Moves on to the next entry of the due index that is not for the purge; false where there is none. */
    boolean advance() {
        Optional<Instant> next = due.stream()
                .filter(entry -> !(entry.action() instanceof DueAction.Purge))
                .map(Due::at)
                .min(Comparator.naturalOrder());
        next.filter(at -> at.isAfter(now)).ifPresent(at -> now = at);
        return next.isPresent();
    }

    private void read(Deque<Told> topic) {
        Told told = topic.remove();
        Job before = jobs.getOrDefault(told.job(), Job.unknown(told.job()));
        Job after = JobFold.apply(before, told.fact());
        jobs.put(told.job(), after);
        carryOut(told.job(), projection.folded(before, after, told.fact(), holders, now));
    }

    private void comeDue() {
        List<Due> reached = due.stream().filter(entry -> !entry.at().isAfter(now)).toList();
        Due entry = reached.get(random.nextInt(reached.size()));
        due.remove(entry);
        Job job = jobs.getOrDefault(entry.job(), Job.unknown(entry.job()));
        carryOut(entry.job(), projection.due(job, entry.action(), now));
    }

    private void carryOut(JobId job, List<Effect> effects) {
        effects.forEach(effect -> {
            switch (effect) {
                case Effect.Decide(Fact decision) -> tell("events", job, decision);
                case Effect.Queue(Fact.JobQueued command) -> queue(job, command);
                case Effect.Ask(Request request) when request instanceof Fact.EndRequested fact -> request(job,
                        fact.reason());
                case Effect.Tell(JobId other, Request request) -> tell("control", other, (Fact) request);
                case Effect.Ask _ -> {
                    // a claim that does not count is stopped; here it just ends
                }
                case Effect.Schedule(Instant at, DueAction action) -> due.add(new Due(at, job, action));
                case Effect.Notify(JobNotice notice) -> notices.add(notice);
                case Effect.HoldKey(String key) -> holders.hold(key, job);
                case Effect.FreeKey(String key) -> holders.free(key, job);
                case Effect.Forget(JobId forgotten) -> forget(forgotten);
            }
        });
    }

    private void forget(JobId job) {
        Job known = jobs.remove(job);
        if (known != null && known.state().isTerminal()) {
            endedAndForgotten.add(job);
        }
    }

    /** The worker takes the next command: steps over an unwanted one, else claims it, sometimes twice. */
    private void claim() {
        Told told = lane.element();
        Fact.JobQueued command = (Fact.JobQueued) told.fact();
        if (unwantedByWorker.contains(told.job()) && command.attempt() == 1 && random.nextBoolean()) {
            lane.remove();
            return;
        }
        ClaimId claim = new ClaimId("claim-" + ++claims);
        tell("events", told.job(), new Fact.AttemptStarted(command.attempt(), claim, new WorkerId("worker"),
                new CommandPosition("lane", 0, claims), retry(command), now));
        switch (random.nextInt(6)) {
            case 0 -> tell("events", told.job(), new Fact.ClaimAbandoned(command.attempt(), claim, now));
            case 1 -> tell("events", told.job(), new Fact.ClaimDoubted(command.attempt(), claim, now));
            default -> {
                lane.remove();
                running.add(new Running(told.job(), command, claim));
            }
        }
    }

    private static Optional<Duration> retry(Fact.JobQueued command) {
        return command.spent() < 2 ? Optional.of(Duration.ofSeconds(5)) : Optional.empty();
    }

    private void end(Running attempt) {
        int number = attempt.command().attempt();
        ClaimId claim = attempt.claim();
        Optional<Duration> retryIn = retry(attempt.command());
        tell("events", attempt.job(), switch (random.nextInt(number > 8 ? 3 : 10)) {
            case 0 -> new Fact.AttemptSucceeded(number, claim, new Json("1"), now);
            case 1 -> unwantedByWorker.contains(attempt.job())
                    ? new Fact.AttemptCancelled(number, claim, now)
                    : new Fact.AttemptFailed(number, claim, NO, retryIn, now);
            case 2 -> new Fact.AttemptTimedOut(number, claim, NO, Optional.empty(), now);
            case 3 -> new Fact.AttemptSnoozed(number, claim, Duration.ofSeconds(3), now);
            case 4 -> new Fact.AttemptReleased(number, claim, NO, now);
            case 8, 9 -> new Fact.AttemptWaiting(number, claim, others(attempt.job()), now);
            case 5, 6 -> new Fact.LeaseExpired(number, claim, now);
            default -> new Fact.AttemptFailed(number, claim, NO, retryIn, now);
        });
    }

    /** Some that nobody knows, and some that are not waiting for this one: a circle would never end. */
    private List<JobId> others(JobId job) {
        List<JobId> others = new ArrayList<>();
        others.add(JobId.draw(Instant.EPOCH, random));
        jobs.keySet().stream().filter(other -> other.compareTo(job) < 0).forEach(others::add);
        Collections.shuffle(others, random);
        return others.subList(0, random.nextInt(Math.min(4, others.size() + 1)));
    }

    /** Whatever waits has a reason to go on. */
    void assertNobodyWaitsInVain() {
        jobs.values().stream().filter(job -> job.state().isWaiting()).forEach(job -> {
            boolean told = unread.values()
                    .stream()
                    .anyMatch(topic -> topic.stream().anyMatch(record -> record.job().equals(job.id())));
            boolean inLane = lane.stream()
                    .anyMatch(record -> record.job().equals(job.id())
                            && ((Fact.JobQueued) record.fact()).attempt() == job.attempt());
            boolean isDue = due.stream().anyMatch(entry -> entry.job().equals(job.id()) && goesOn(job, entry.action()));
            boolean runs = running.stream().anyMatch(attempt -> attempt.job().equals(job.id()));
            assertThat(told || inLane || isDue || runs || isWatching(job)).as("%s has a reason to go on", job).isTrue();
        });
    }

    /** Whether a job for which it waits knows that, or is about to hear of it, and will end or say that nobody knows it. */
    private boolean isWatching(Job job) {
        Waits.Watcher watcher = new Waits.Watcher(job.id(), job.attempt());
        return job.stillAwaited().stream().anyMatch(awaited -> {
            boolean underWay = unread.values()
                    .stream()
                    .flatMap(Deque::stream)
                    .anyMatch(told -> told.job().equals(awaited) && told.fact() instanceof Fact.JobWatched watched
                            && watched.watcher().equals(watcher));
            Job other = jobs.getOrDefault(awaited, Job.unknown(awaited));
            boolean answers = other.submission().isPresent() || due.stream()
                    .anyMatch(entry -> entry.job().equals(awaited) && entry.action() instanceof DueAction.Disown);
            return underWay || (other.waits().watchers().contains(watcher) && answers);
        });
    }

    private static boolean goesOn(Job job, DueAction action) {
        return switch (action) {
            case DueAction.Release _ -> job.state() == JobState.SCHEDULED;
            case DueAction.Retry(int attempt) -> attempt == job.attempt();
            default -> false;
        };
    }
}
