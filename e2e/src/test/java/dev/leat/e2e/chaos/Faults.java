package dev.leat.e2e.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Says what goes wrong next, and when.
 *
 * <p>Invariant: of the brokers, no second one is broken before the first one is back and has caught up with the others.
 * Of all other roles, every process may be broken at the same time. For one thread.
 */
final class Faults {

    private static final int MOST_AT_ONCE = 3;
    private static final int SHORTEST_PAUSE = 1_000;
    private static final int LONGEST_PAUSE = 5_000;

    private final Installation installation;
    private final Supervisor supervisor;
    private final Outages outages;
    private final WeightedChoice<FaultKind> kinds;
    private final RandomGenerator random;

    /** @param kinds at least one */
    Faults(Installation installation, Supervisor supervisor, Outages outages, Set<FaultKind> kinds,
            RandomGenerator random) {
        this.installation = installation;
        this.supervisor = supervisor;
        this.outages = outages;
        this.kinds = WeightedChoice.of(kinds, FaultKind::weight);
        this.random = random;
    }

    /** Lets one thing after the other go wrong, for as long. */
    void inject(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            outages.pause(Duration.ofMillis(random.nextInt(SHORTEST_PAUSE, LONGEST_PAUSE)));
            supervisor.startWhatEnded();
            injectOne();
        }
    }

    /** Draws the same, whether it can happen now or not, so that a seed means something. */
    private void injectOne() throws InterruptedException {
        FaultKind kind = kinds.draw(random);
        Duration length = kind.damage().outage(random);
        int choice = random.nextInt(Integer.MAX_VALUE);
        List<Node> all = installation.nodes(kind.role());
        List<Node> sound = all.stream().filter(supervisor::isSound).toList();
        boolean alone = sound.size() == all.size();
        if (supervisor.broken() < MOST_AT_ONCE && !sound.isEmpty() && isBearable(kind.role(), alone)) {
            outages.begin(kind, sound.get(choice % sound.size()), length, alone);
        }
    }

    private boolean isBearable(Role role, boolean alone) throws InterruptedException {
        return role != Role.BROKER || (alone && installation.canSpareABroker());
    }
}
