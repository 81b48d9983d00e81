package dev.leat.domain.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import dev.leat.domain.Checkpoint;
import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Facts;
import dev.leat.domain.JobError;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.LogLine;
import dev.leat.domain.Progress;
import dev.leat.domain.Submission;
import dev.leat.domain.WorkerId;

/**
 * What workers and a projector may write about one job from its submission to its end: retries, races for claims, lost
 * leases whose workers go on talking, cancellation. Made from a seed.
 */
final class JobLife {

    private static final JobError NO = JobError.of("no", "no");
    private static final Submission SUBMISSION = Facts.submission(Lane.NORMAL, "{}");

    /** A fact and the topic that keeps its order. */
    private record Written(String topic, Fact fact) {}

    private record Silenced(int attempt, ClaimId claim) {}

    private final Random random;
    private final List<Written> log = new ArrayList<>();
    private final List<Silenced> lost = new ArrayList<>();
    private Instant now = Facts.NOON;
    private boolean cancelled;
    private int claims;

    private JobLife(Random random) {
        this.random = random;
    }

    /** The facts as one reader may read them: each topic in its order, and any topic a little before another. */
    static List<Fact> facts(Random random, int mostAttempts) {
        JobLife life = new JobLife(random);
        life.live(mostAttempts);
        life.shuffle();
        return life.log.stream().map(Written::fact).toList();
    }

    /** The facts in the order in which they were written. */
    static List<Fact> asWritten(Random random, int mostAttempts) {
        JobLife life = new JobLife(random);
        life.live(mostAttempts);
        return life.log.stream().map(Written::fact).toList();
    }

    /** The same facts by topic: of each, one reader may be as far as he likes. */
    static List<Deque<Fact>> topics(Random random, int mostAttempts) {
        JobLife life = new JobLife(random);
        life.live(mostAttempts);
        Map<String, Deque<Fact>> topics = new LinkedHashMap<>();
        life.log.forEach(written -> topics.computeIfAbsent(written.topic(), _ -> new ArrayDeque<>())
                .add(written.fact()));
        return new ArrayList<>(topics.values());
    }

    private void live(int mostAttempts) {
        submit();
        for (int attempt = 1; run(attempt, attempt == mostAttempts); attempt++) {
            if (cancelled) {
                write("events", new Fact.JobCancelled(tick()));
                break;
            }
            write("lane", Facts.queued(attempt + 1));
        }
        talkOfTheLost();
    }

    private void submit() {
        if (random.nextBoolean()) {
            write("pending", new Fact.JobScheduled(SUBMISSION));
            if (random.nextBoolean()) {
                write("events", new Fact.JobAdmitted(tick()));
            }
        }
        write("lane", Fact.JobQueued.first(SUBMISSION));
    }

    /** Whether there is another attempt. */
    private boolean run(int attempt, boolean last) {
        race(attempt);
        ClaimId claim = start(attempt);
        for (int i = random.nextInt(6); i > 0; i--) {
            say(attempt, claim, i);
        }
        return end(attempt, claim, last);
    }

    /** Claims that are not won: given up, or of a worker that is silent at once. */
    private void race(int attempt) {
        for (int i = random.nextInt(4); i > 2; i--) {
            ClaimId loser = start(attempt);
            write("events", random.nextBoolean()
                    ? new Fact.ClaimAbandoned(attempt, loser, tick())
                    : new Fact.ClaimDoubted(attempt, loser, tick()));
        }
    }

    private ClaimId start(int attempt) {
        ClaimId claim = new ClaimId("claim-" + ++claims);
        write("events", new Fact.AttemptStarted(attempt, claim, new WorkerId("worker-" + claims),
                new CommandPosition("lane", 0, claims), Optional.of(Duration.ofSeconds(5)), tick()));
        return claim;
    }

    private void say(int attempt, ClaimId claim, int left) {
        long sequence = 10L - left;
        switch (random.nextInt(6)) {
            case 0 -> write("events", new Fact.AttemptCheckpointed(attempt, claim, sequence,
                    Checkpoint.of(new byte[]{1}), tick()));
            case 1, 2 -> write("events", log(attempt, claim, sequence));
            case 3 -> cancel();
            default -> write("events", progress(attempt, claim, sequence));
        }
        if (random.nextInt(3) == 0) {
            talkOfTheLost();
        }
    }

    private void cancel() {
        if (!cancelled) {
            cancelled = true;
            write("control", new Fact.EndRequested(EndReason.CANCEL, tick()));
        }
    }

    /** Workers that were given up write on, as if they had their claims. */
    private void talkOfTheLost() {
        for (Silenced worker : lost) {
            switch (random.nextInt(4)) {
                case 0 -> write("events", progress(worker.attempt(), worker.claim(), 100 + random.nextInt(50)));
                case 1 -> write("events", log(worker.attempt(), worker.claim(), 100 + random.nextInt(50)));
                case 2 -> write("events", new Fact.AttemptSucceeded(worker.attempt(), worker.claim(), new Json("0"),
                        tick()));
                default -> write("events", new Fact.AttemptFailed(worker.attempt(), worker.claim(), NO,
                        Optional.empty(), tick()));
            }
        }
    }

    private Fact progress(int attempt, ClaimId claim, long sequence) {
        return new Fact.AttemptProgressed(attempt, claim, sequence, new Progress(sequence, "on"), tick());
    }

    private Fact log(int attempt, ClaimId claim, long sequence) {
        return new Fact.AttemptLogged(attempt, claim, sequence,
                List.of(new LogLine(now, LogLine.Level.INFO, "line", Map.of())), tick());
    }

    private boolean end(int attempt, ClaimId claim, boolean last) {
        Optional<Duration> retry = last ? Optional.empty() : Optional.of(Duration.ofSeconds(5));
        int how = random.nextInt(last ? 4 : 12);
        write("events", switch (how) {
            case 0 -> new Fact.AttemptSucceeded(attempt, claim, new Json("1"), tick());
            case 1 -> new Fact.AttemptFailed(attempt, claim, NO, Optional.empty(), tick());
            case 2 -> new Fact.AttemptTimedOut(attempt, claim, NO, Optional.empty(), tick());
            case 3 -> cancelled
                    ? new Fact.AttemptCancelled(attempt, claim, tick())
                    : new Fact.AttemptFailed(attempt, claim, NO, Optional.empty(), tick());
            case 4 -> new Fact.AttemptWaiting(attempt, claim, List.of(Facts.JOB), tick());
            case 5 -> new Fact.AttemptSnoozed(attempt, claim, Duration.ofSeconds(3), tick());
            case 6, 7 -> new Fact.AttemptReleased(attempt, claim, NO, tick());
            case 8 -> new Fact.AttemptFailed(attempt, claim, NO, retry, tick());
            default -> {
                lost.add(new Silenced(attempt, claim));
                yield new Fact.LeaseExpired(attempt, claim, tick());
            }
        });
        return how > 3;
    }

    private Instant tick() {
        now = now.plusMillis(random.nextInt(900));
        return now;
    }

    private void write(String topic, Fact fact) {
        log.add(new Written(topic, fact));
    }

    private void shuffle() {
        for (int i = log.size(); i > 0; i--) {
            int at = random.nextInt(log.size());
            if (at > 0 && !log.get(at).topic().equals(log.get(at - 1).topic())) {
                log.add(at - 1, log.remove(at));
            }
        }
    }
}
