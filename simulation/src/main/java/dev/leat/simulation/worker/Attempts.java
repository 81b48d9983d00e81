package dev.leat.simulation.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.leat.domain.ClaimId;
import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.Request;

/** The attempts of a worker, and what the control topic says of them and of those to come. */
final class Attempts {

    private final SimulatedAttempt.Host host;
    private final Map<ClaimId, SimulatedAttempt> open = new LinkedHashMap<>();
    private final Map<JobId, Set<EndReason>> wanted = new HashMap<>();
    private final Set<ClaimId> closed = new HashSet<>();

    Attempts(SimulatedAttempt.Host host) {
        this.host = host;
    }

    /** Takes in an attempt whose claim was won. */
    SimulatedAttempt admit(SimulatedClaim claim) {
        SimulatedAttempt attempt = new SimulatedAttempt(host, claim);
        open.put(claim.id(), attempt);
        unwanted(claim.job(), claim.attempt()).map(StopReason::of).ifPresent(attempt::stop);
        if (closed.contains(claim.id())) {
            attempt.stop(StopReason.CLAIM_CLOSED);
        }
        return attempt;
    }

    Optional<EndReason> unwanted(JobId job, int attempt) {
        Set<EndReason> reasons = wanted.getOrDefault(job, Set.of());
        return Arrays.stream(EndReason.values())
                .filter(reason -> reason != EndReason.EXPIRE || attempt == 1)
                .filter(reasons::contains)
                .findFirst();
    }

    /** Does what is asked for in the control topic. */
    void carryOut(JobId job, Request request) {
        switch (request) {
            case Fact.EndRequested end -> {
                wanted.computeIfAbsent(job, _ -> EnumSet.noneOf(EndReason.class)).add(end.reason());
                List.copyOf(open.values())
                        .stream()
                        .filter(attempt -> attempt.claim().job().equals(job))
                        .filter(attempt -> end.reason() != EndReason.EXPIRE || attempt.claim().attempt() == 1)
                        .forEach(attempt -> attempt.stop(StopReason.of(end.reason())));
            }
            case Request.StopClaim stop -> {
                closed.add(stop.claim());
                Optional.ofNullable(open.get(stop.claim()))
                        .ifPresent(attempt -> attempt.stop(StopReason.CLAIM_CLOSED));
            }
            case Request.Forget _,Fact.JobWatched _,Fact.AwaitedEnded _ -> {
                // the projector's affair
            }
        }
    }

    /** Stops the attempts whose term of the lease is over. */
    void handBack() {
        List.copyOf(open.values())
                .stream()
                .filter(attempt -> !host.holds(attempt.claim().term()))
                .forEach(attempt -> attempt.stop(StopReason.LEASE_DOUBTED));
    }

    void stopAll() {
        List.copyOf(open.values()).forEach(attempt -> attempt.stop(StopReason.WORKER_STOPS));
    }

    /** Whether nothing is held any more. */
    boolean giveUpAll() {
        List<SimulatedAttempt> deaf = new ArrayList<>(open.values());
        deaf.removeIf(attempt -> !attempt.giveUp());
        return deaf.isEmpty();
    }

    void concluded(SimulatedAttempt attempt) {
        open.remove(attempt.claim().id());
    }

    boolean isEmpty() {
        return open.isEmpty();
    }
}
