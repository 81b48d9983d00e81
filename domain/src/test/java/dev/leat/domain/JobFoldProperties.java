package dev.leat.domain;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class JobFoldProperties {

    /** What stands on the topics for one job, each in its own order: any facts at all, likely ones or not. */
    record Topics(List<Fact> highLane, List<Fact> normalLane, List<Fact> pending, List<Fact> events,
            List<Fact> control) {

        List<Fact> interleaved(Random random) {
            List<Iterator<Fact>> open = new ArrayList<>(List.of(highLane.iterator(), normalLane.iterator(),
                    pending.iterator(), events.iterator(), control.iterator()));
            List<Fact> facts = new ArrayList<>();
            while (!open.isEmpty()) {
                Iterator<Fact> topic = open.get(random.nextInt(open.size()));
                if (topic.hasNext()) {
                    facts.add(topic.next());
                } else {
                    open.remove(topic);
                }
            }
            return facts;
        }
    }

    private static Arbitrary<Fact> commands(Lane lane) {
        return Combinators.combine(Arbitraries.integers().between(1, 3), Arbitraries.of("{}", "{\"limit\":9}"))
                .as((attempt, params) -> new Fact.JobQueued(attempt, attempt - 1, submission(lane, params)));
    }

    /** Facts of claims, each of any attempt: also such as no worker would write. */
    private static Arbitrary<Fact> factsOfClaims() {
        Arbitrary<ClaimId> claims = Arbitraries.of(CLAIM, OTHER_CLAIM, new ClaimId("claim-3"));
        Arbitrary<Integer> attempts = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(1)),
                Tuple.of(2, Arbitraries.just(2)),
                Tuple.of(1, Arbitraries.just(3)));
        Arbitrary<Optional<Duration>> waits = Arbitraries.of(Optional.of(WAIT), Optional.empty());
        return Combinators
                .combine(claims, attempts, waits, Arbitraries.longs().between(1, 5), Arbitraries.integers().between(
                        0, 16))
                .as((claim, attempt, wait, sequence, kind) -> switch (kind) {
                    case 0, 1, 2, 3 -> started(claim, attempt, wait);
                    case 4 -> progressed(claim, attempt, sequence, 10.0 * sequence);
                    case 5 -> succeeded(claim, attempt);
                    case 6 -> failed(claim, attempt, wait);
                    case 7 -> timedOut(claim, attempt, wait);
                    case 8 -> snoozed(claim, attempt);
                    case 9 -> released(claim, attempt);
                    case 10 -> stopped(claim, attempt);
                    case 11 -> abandoned(claim, attempt);
                    case 12 -> doubted(claim, attempt);
                    case 13 -> checkpointed(claim, attempt, sequence, "c" + sequence);
                    case 14 -> logged(claim, attempt, sequence, "line");
                    case 15 -> sequence % 2 == 0
                            ? waiting(claim, attempt, OTHER_JOB)
                            : waiting(claim, attempt, OTHER_JOB, THIRD_JOB);
                    default -> leaseExpired(claim, attempt);
                });
    }

    @Provide
    Arbitrary<Topics> topics() {
        Arbitrary<Fact> decisions = Arbitraries.of(admitted(), rejected(), cancelled(), expired(), timedOut());
        Arbitrary<Fact> events = Arbitraries.frequencyOf(Tuple.of(9, factsOfClaims()),
                Tuple.of(1, decisions));
        Arbitrary<Fact> pending = Arbitraries.of("{\"limit\":3}", "{\"limit\":4}")
                .map(params -> new Fact.JobScheduled(submission(Lane.LOW, params)));
        Arbitrary<Fact> ends = Combinators
                .combine(Arbitraries.of(EndReason.class), Arbitraries.integers().between(1, 3))
                .as((reason, second) -> new Fact.EndRequested(reason, NOON.plusSeconds(second)));
        Arbitrary<Fact> waits = Combinators
                .combine(Arbitraries.of(OTHER_JOB, THIRD_JOB), Arbitraries.integers().between(1, 3),
                        Arbitraries.of("1", "2", ""))
                .as((other, attempt, result) -> result.isEmpty()
                        ? watched(other, attempt)
                        : awaitedEnded(attempt, other, result));
        Arbitrary<Fact> control = Arbitraries.frequencyOf(Tuple.of(1, ends), Tuple.of(2, waits));
        return Combinators.combine(commands(Lane.HIGH).list().ofMaxSize(3), commands(Lane.NORMAL).list().ofMaxSize(3),
                pending.list().ofMaxSize(2), events.list().ofMaxSize(12), control.list().ofMaxSize(6))
                .as(Topics::new);
    }

    @Property(tries = 3000)
    void anyInterleavingOfTheTopicsGivesOneJob(@ForAll("topics") Topics topics, @ForAll Random random) {
        assertThat(fold(topics.interleaved(random))).isEqualTo(fold(topics.interleaved(random)));
    }

    @Property(tries = 3000)
    void aFactThatCountedChangesNothingWhenItComesAgain(@ForAll("topics") Topics topics, @ForAll Random random) {
        List<Fact> facts = topics.interleaved(random);
        Job job = Job.unknown(JOB);
        List<Fact> counted = new ArrayList<>();
        for (Fact fact : facts) {
            Job next = JobFold.apply(job, fact);
            if (!next.equals(job)) {
                counted.add(fact);
            }
            job = next;
            if (!counted.isEmpty()) {
                Fact again = counted.get(random.nextInt(counted.size()));
                assertThat(JobFold.apply(job, again)).as("%s again after %s", again, facts).isSameAs(job);
            }
        }
    }

    @Property(tries = 3000)
    void nothingChangesHowAJobEnded(@ForAll("topics") Topics topics, @ForAll Random random) {
        Job job = Job.unknown(JOB);
        for (Fact fact : topics.interleaved(random)) {
            Job next = JobFold.apply(job, fact);
            if (job.state().isTerminal()) {
                assertThat(next.state()).isEqualTo(job.state());
                assertThat(next.outcome()).isEqualTo(job.outcome());
                assertThat(next.attempts()).isEqualTo(job.attempts());
                assertThat(next.endRequests()).isEmpty();
                assertThat(next.waits()).isEqualTo(Waits.NONE);
            }
            job = next;
        }
    }

    @Property(tries = 3000)
    void theWaitOfAnAttemptIsOverOnce(@ForAll("topics") Topics topics, @ForAll Random random) {
        Job job = Job.unknown(JOB);
        Set<Integer> over = new HashSet<>();
        for (Fact fact : topics.interleaved(random)) {
            Job next = JobFold.apply(job, fact);
            if (next.isWaitOver() && !job.isWaitOver()) {
                assertThat(over.add(next.attempt())).as("the wait of attempt %s ends once", next.attempt()).isTrue();
            }
            job = next;
        }
    }

    @Property(tries = 3000)
    void attemptsAndTriesNeverGoBack(@ForAll("topics") Topics topics, @ForAll Random random) {
        Job job = Job.unknown(JOB);
        for (Fact fact : topics.interleaved(random)) {
            Job next = JobFold.apply(job, fact);
            assertThat(next.attempt()).isGreaterThanOrEqualTo(job.attempt());
            assertThat(next.attempts().spent()).isBetween(job.attempts().spent(), job.attempts().spent() + 1);
            assertThat(next.state() == JobState.RUNNING)
                    .as("%s runs exactly while a claim is open that is not doubted", next)
                    .isEqualTo(!next.state().isTerminal() && next.claims().stream().anyMatch(open -> !open.doubted()));
            job = next;
        }
    }
}
