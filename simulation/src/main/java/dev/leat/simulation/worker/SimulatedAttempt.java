package dev.leat.simulation.worker;

import java.util.Optional;
import java.util.OptionalLong;

import dev.leat.domain.Fact;
import dev.leat.domain.WorkerId;
import dev.leat.simulation.Behaviour;
import dev.leat.simulation.world.World;
import dev.leat.testkit.guarantees.Observations.HandlerRun;

/** One attempt from the moment its claim was won, as the worker's running attempts are. */
final class SimulatedAttempt {

    private static final long GRACE = World.millis(2_000);

    /** What attempts do to their worker. */
    interface Host {

        WorkerNode node();

        WorkerId worker();

        /** Whether the lease has been sure since that term. */
        boolean holds(long term);

        void say(SimulatedClaim claim, Fact fact);

        void concluded(SimulatedAttempt attempt);

        void slotFree(SimulatedClaim claim);

        Behaviour behaviour(SimulatedClaim claim);

        void began(HandlerRun run);

        void ended(SimulatedClaim claim);
    }

    private final Host host;
    private final SimulatedClaim claim;
    private final Behaviour behaviour;
    private Optional<StopReason> reason = Optional.empty();
    private boolean started;
    private boolean inHandler;
    private boolean entered;
    private boolean concluded;

    SimulatedAttempt(Host host, SimulatedClaim claim) {
        this.host = host;
        this.claim = claim;
        this.behaviour = host.behaviour(claim);
    }

    SimulatedClaim claim() {
        return claim;
    }

    boolean isInHandler() {
        return inHandler;
    }

    /** Runs it, or says why not. */
    void start() {
        started = true;
        if (!host.holds(claim.term())) {
            raise(StopReason.LEASE_DOUBTED);
        }
        if (reason.isPresent()) {
            conclude(Outcomes.stopped(claim, reason.get(), host.node().clock()));
            host.slotFree(claim);
            return;
        }
        entered = true;
        inHandler = true;
        host.began(new HandlerRun(claim.job(), claim.attempt(), claim.id(), host.worker(), host.node().now(),
                OptionalLong.empty()));
        if (behaviour.ending() != Behaviour.Ending.HANG) {
            host.node().after(behaviour.nanos(), this::endByItself);
        }
        host.node().after(World.nanos(claim.policy().timeout()), () -> stop(StopReason.TIMEOUT));
    }

    private void endByItself() {
        if (inHandler) {
            leave(reason.filter(why -> why == StopReason.CLAIM_CLOSED).isPresent()
                    ? Optional.empty()
                    : Outcomes.ended(claim, behaviour, host.node().clock()));
        }
    }

    /** Tells the handler to stop, or keeps it from beginning. */
    void stop(StopReason why) {
        if (!raise(why) || !started || !inHandler) {
            return;
        }
        host.node().after(behaviour.stubbornNanos(), () -> {
            if (inHandler) {
                leave(Outcomes.stopped(claim, reason.orElseThrow(), host.node().clock()));
            }
        });
        host.node().after(GRACE, () -> {
            if (inHandler && reason.orElseThrow().endsWithoutHandler()) {
                conclude(Outcomes.stopped(claim, reason.orElseThrow(), host.node().clock()));
            }
        });
    }

    private boolean raise(StopReason why) {
        boolean late = why == StopReason.EXPIRED && entered;
        if (late || reason.filter(earlier -> !why.outweighs(earlier)).isPresent()) {
            return false;
        }
        reason = Optional.of(why);
        return true;
    }

    private void leave(Optional<Fact> outcome) {
        inHandler = false;
        host.ended(claim);
        conclude(outcome);
        host.slotFree(claim);
    }

    private void conclude(Optional<Fact> outcome) {
        if (!concluded) {
            concluded = true;
            outcome.ifPresent(fact -> host.say(claim, fact));
            host.concluded(this);
        }
    }

    /** For the worker's end: what has not begun is handed back; of what runs nothing more is heard. */
    boolean giveUp() {
        if (!entered) {
            conclude(Outcomes.stopped(claim, reason.orElse(StopReason.WORKER_STOPS), host.node().clock()));
            return false;
        }
        boolean silenced = !concluded;
        concluded = true;
        return silenced;
    }
}
