package dev.leat.simulation.projector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import dev.leat.domain.Claim;
import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.lease.LostClaims;
import dev.leat.simulation.Rules;
import dev.leat.simulation.kafka.Group;
import dev.leat.simulation.world.Node;
import dev.leat.simulation.world.World;

/** Looks for questionable claims of a task, asks Kafka about them, and decides. */
final class LossSweep {

    private static final long EVERY = World.millis(500);
    private static final long STEP = World.millis(2);
    private static final long PATIENCE = World.millis(3_000);
    private static final long ASK_AGAIN = World.millis(2_000);
    private static final long DECIDE_AGAIN = World.millis(10_000);

    /** The task whose claims are looked at. */
    interface Claims {

        boolean isLive();

        /** Whether the task is not in the middle of a commit, in which nothing can be written. */
        boolean isReady();

        Iterable<Job> jobs();

        Job job(JobId id);

        void decide(JobId job, Fact decision);
    }

    private record Suspect(JobId job, ClaimId claim, TopicPartition partition) {}

    private final Node node;
    private final Group workers;
    private final WorkerWatch watch;
    private final Rules.Losses losses;
    private final Claims claims;
    private final Map<ClaimId, Long> notBefore = new HashMap<>();

    LossSweep(Node node, Group workers, WorkerWatch watch, Rules.Losses losses, Claims claims) {
        this.node = node;
        this.workers = workers;
        this.watch = watch;
        this.losses = losses;
        this.claims = claims;
        node.after(EVERY, this::sweep);
    }

    private void sweep() {
        if (!claims.isLive()) {
            return;
        }
        notBefore.values().removeIf(time -> time <= node.now());
        List<Suspect> suspects = suspects();
        if (suspects.isEmpty()) {
            node.after(EVERY, this::sweep);
            return;
        }
        Set<TopicPartition> partitions = suspects.stream().map(Suspect::partition).collect(Collectors.toSet());
        node.ask("admin", () -> workers.committed(partitions), answer -> {
            if (answer.isPresent()) {
                settle(suspects, answer.get());
            } else {
                node.after(EVERY, this::sweep);
            }
        }, PATIENCE);
    }

    private void settle(List<Suspect> suspects, Map<TopicPartition, OffsetAndMetadata> committed) {
        if (!claims.isLive()) {
            return;
        }
        if (!claims.isReady()) {
            node.after(STEP, () -> settle(suspects, committed));
            return;
        }
        suspects.forEach(suspect -> settle(suspect, committed));
        node.after(EVERY, this::sweep);
    }

    private List<Suspect> suspects() {
        List<Suspect> suspects = new ArrayList<>();
        claims.jobs().forEach(job -> {
            if (!job.state().isTerminal()) {
                job.claims()
                        .stream()
                        .filter(claim -> !notBefore.containsKey(claim.id()) && isQuestionable(claim))
                        .forEach(claim -> suspects.add(new Suspect(job.id(), claim.id(),
                                new TopicPartition(claim.command().topic(), claim.command().partition()))));
            }
        });
        return suspects;
    }

    private boolean isQuestionable(Claim claim) {
        return LostClaims.isQuestionable(claim, watch::isLost);
    }

    private void settle(Suspect suspect, Map<TopicPartition, OffsetAndMetadata> committed) {
        Job job = claims.job(suspect.job());
        if (job.state().isTerminal()) {
            return;
        }
        OptionalLong position = Optional.ofNullable(committed.get(suspect.partition()))
                .map(there -> OptionalLong.of(there.offset()))
                .orElse(OptionalLong.empty());
        job.claims()
                .stream()
                .filter(claim -> claim.id().equals(suspect.claim()) && isQuestionable(claim))
                .forEach(claim -> decide(job, claim, position));
    }

    private void decide(Job job, Claim claim, OptionalLong committed) {
        Optional<Fact> decision = losses.decide(job, claim, committed, node.clock());
        decision.ifPresent(fact -> claims.decide(job.id(), fact));
        boolean expired = decision.filter(Fact.LeaseExpired.class::isInstance).isPresent();
        notBefore.put(claim.id(), node.now() + (expired ? DECIDE_AGAIN : ASK_AGAIN));
    }
}
