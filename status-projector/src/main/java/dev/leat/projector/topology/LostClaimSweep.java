package dev.leat.projector.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Claim;
import dev.leat.domain.ClaimId;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.lease.LostClaims;

/**
 * Looks for open claims that are questionable, such as those of workers that have lost their lease, and writes what
 * becomes of them.
 *
 * <pre>
 *   questionable ──▶ ask Kafka how far the command's partition is committed ──▶ decide
 *        ▲                                                                        │
 *        └──────────── again in a while, for as long as the claim is open ────────┘
 * </pre>
 *
 * <p>Invariant: the committed offset was asked for after the lease was seen to have run out, so that a commit that the
 * worker could still make while it was alive is in the answer. The stream thread never waits for the answer: it looks
 * whether there is one. A decision counts when it is folded from the events topic, so one that comes late or twice changes
 * nothing.
 *
 * <p>For the task's stream thread.
 */
final class LostClaimSweep {

    private static final Logger LOG = LoggerFactory.getLogger(LostClaimSweep.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    /** So long a decision may take to come back from the log before it is written again. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    private static final int MOST = 2_000;

    private final Task task;
    private final JobTopology.Parts parts;
    /** When to ask about a job again. */
    private final Map<JobId, Instant> notBefore = new HashMap<>();
    private final Alarm alarm;
    private Optional<Question> question = Optional.empty();

    private record Suspect(JobId job, ClaimId claim, TopicPartition partition) {}

    private record Question(List<Suspect> about, CompletableFuture<Map<TopicPartition, Long>> answer) {}

    LostClaimSweep(ProcessorContext<?, ?> context, Task task, JobTopology.Parts parts) {
        this.task = task;
        this.parts = parts;
        this.alarm = new Alarm(context, parts.clock(), this::sweep);
    }

    /** To be called when a claim may have been opened. */
    void plan() {
        if (!task.jobs().claims().isEmpty()) {
            alarm.setFor(parts.clock().instant().plus(INTERVAL));
        }
    }

    void cancel() {
        alarm.cancel();
    }

    private void sweep() {
        lookAround(parts.clock().instant());
        plan();
    }

    /** Decides where an answer has come, and asks where none is awaited. */
    private void lookAround(Instant now) {
        if (question.isPresent()) {
            Question asked = question.get();
            if (!asked.answer().isDone()) {
                return;
            }
            question = Optional.empty();
            settle(asked, now);
        }
        notBefore.values().removeIf(time -> !time.isAfter(now) || time.isAfter(now.plus(ASK_AGAIN)));
        ask();
    }

    private void ask() {
        List<Suspect> suspects = task.jobs()
                .claims()
                .questionable(parts.leases()::isLost)
                .stream()
                .filter(job -> !notBefore.containsKey(job))
                .flatMap(job -> suspects(task.jobs().load(job)))
                .limit(MOST)
                .toList();
        if (!suspects.isEmpty()) {
            question = Optional.of(new Question(suspects, parts.offsets()
                    .ask(suspects.stream().map(Suspect::partition).collect(Collectors.toUnmodifiableSet()))
                    .toCompletableFuture()));
        }
    }

    private Stream<Suspect> suspects(Job job) {
        return job.claims()
                .stream()
                .filter(this::isQuestionable)
                .map(claim -> new Suspect(job.id(), claim.id(),
                        new TopicPartition(claim.command().topic(), claim.command().partition())));
    }

    private boolean isQuestionable(Claim claim) {
        return LostClaims.isQuestionable(claim, parts.leases()::isLost);
    }

    private void settle(Question asked, Instant now) {
        if (asked.answer().isCompletedExceptionally()) {
            LOG.warn("Expected Kafka to say how far the workers have committed, but: {}; asking again",
                    asked.answer().exceptionNow().toString());
            return;
        }
        Map<TopicPartition, Long> committed = asked.answer().resultNow();
        asked.about().forEach(suspect -> {
            notBefore.put(suspect.job(), now.plus(ASK_AGAIN));
            settle(suspect, committed.get(suspect.partition()), now);
        });
    }

    /** The job may have gone on while Kafka was asked, and the worker may have come back. */
    private void settle(Suspect suspect, @Nullable Long committed, Instant now) {
        Job job = task.jobs().load(suspect.job());
        if (job.state().isTerminal()) {
            return;
        }
        job.claims()
                .stream()
                .filter(claim -> claim.id().equals(suspect.claim()) && isQuestionable(claim))
                .forEach(claim -> decide(job, claim,
                        committed == null ? OptionalLong.empty() : OptionalLong.of(committed), now));
    }

    private void decide(Job job, Claim claim, OptionalLong committed, Instant now) {
        LostClaims.decide(job, claim, committed, now).ifPresent(decision -> {
            LOG.info("Worker {} is silent: {} of job {}", claim.worker(), decision.getClass().getSimpleName(),
                    job.id());
            task.outbox().decide(job.id(), decision);
            parts.counters().countLostClaim();
        });
    }
}
