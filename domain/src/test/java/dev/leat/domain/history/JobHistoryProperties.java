package dev.leat.domain.history;

import static dev.leat.domain.Facts.CLAIM;
import static dev.leat.domain.Facts.JOB;
import static dev.leat.domain.Facts.NOON;
import static dev.leat.domain.Facts.OTHER_CLAIM;
import static dev.leat.domain.Facts.abandoned;
import static dev.leat.domain.Facts.cancelled;
import static dev.leat.domain.Facts.doubted;
import static dev.leat.domain.Facts.failed;
import static dev.leat.domain.Facts.leaseExpired;
import static dev.leat.domain.Facts.progressed;
import static dev.leat.domain.Facts.queued;
import static dev.leat.domain.Facts.released;
import static dev.leat.domain.Facts.snoozed;
import static dev.leat.domain.Facts.stopped;
import static dev.leat.domain.Facts.succeeded;
import static dev.leat.domain.Facts.timedOut;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import dev.leat.domain.ClaimId;
import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobState;
import dev.leat.domain.WorkerId;

class JobHistoryProperties {

    private static final Instant NOW = NOON.plusSeconds(120);

    @Property(tries = 3000)
    void whatWasSeenToHappenIsWhatTheJobSaysAfterwards(@ForAll("facts") List<Fact> facts) {
        JobHistory seen = new JobHistory(NOON);
        Job job = Job.unknown(JOB);
        for (Fact fact : facts) {
            Job next = JobFold.apply(job, fact);
            seen.update(job, next, NOW);
            job = next;
        }
        JobHistory read = new JobHistory(NOON);
        read.update(Job.unknown(JOB), job, NOW);

        assertThat(counts(seen)).as("%s", facts).isEqualTo(counts(read));
        assertThat(seen.lastHour(Optional.empty(), JobHistory.SHORTEST, NOW).getLast().queued())
                .hasValue(job.state() == JobState.QUEUED ? 1 : 0);
    }

    private static List<String> counts(JobHistory history) {
        return history.lastHour(Optional.empty(), JobHistory.SHORTEST, NOW)
                .stream()
                .filter(bucket -> bucket.started() != 0 || bucket.completed() != 0 || bucket.failed() != 0
                        || bucket.waits().total() != 0 || bucket.runs().total() != 0)
                .map(bucket -> bucket.number() + " started " + bucket.started() + " completed " + bucket.completed()
                        + " failed " + bucket.failed() + " waits " + counts(bucket.waits()) + " runs "
                        + counts(bucket.runs()))
                .toList();
    }

    private static List<String> counts(LogHistogram histogram) {
        int[] counts = histogram.counts();
        return IntStream.range(0, counts.length)
                .filter(i -> counts[i] != 0)
                .mapToObj(i -> histogram.first() + i + ":" + counts[i])
                .toList();
    }

    @Provide
    Arbitrary<List<Fact>> facts() {
        Arbitrary<ClaimId> claims = Arbitraries.of(CLAIM, OTHER_CLAIM);
        Arbitrary<Integer> attempts = Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(1)),
                Tuple.of(2, Arbitraries.just(2)), Tuple.of(1, Arbitraries.just(3)));
        Arbitrary<Optional<Duration>> waits = Arbitraries.of(Optional.of(Duration.ofSeconds(5)), Optional.empty());
        Arbitrary<Fact> all = Combinators.combine(claims, attempts, waits, Arbitraries.integers().between(1, 40),
                Arbitraries.integers().between(0, 17))
                .as((claim, attempt, wait, second, kind) -> switch (kind) {
                    case 0, 1 -> queued(attempt);
                    case 2, 3, 4, 5 -> started(claim, attempt, wait, second);
                    case 6 -> progressed(claim, attempt, second, 1.0);
                    case 7, 8 -> succeeded(claim, attempt);
                    case 9 -> failed(claim, attempt, wait);
                    case 10 -> timedOut(claim, attempt, wait);
                    case 11 -> snoozed(claim, attempt);
                    case 12 -> released(claim, attempt);
                    case 13 -> stopped(claim, attempt);
                    case 14 -> abandoned(claim, attempt);
                    case 15 -> doubted(claim, attempt);
                    case 16 -> leaseExpired(claim, attempt);
                    default -> cancelled();
                });
        return all.list().ofMaxSize(15);
    }

    private static Fact started(ClaimId claim, int attempt, Optional<Duration> retryIfLost, int second) {
        return new Fact.AttemptStarted(attempt, claim, new WorkerId("worker-1"),
                new CommandPosition("leat.jobs.demo.normal", 0, 7), retryIfLost, NOON.plusSeconds(second));
    }
}
