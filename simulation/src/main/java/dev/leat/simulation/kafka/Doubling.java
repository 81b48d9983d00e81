package dev.leat.simulation.kafka;

import dev.leat.domain.Fact;

/** Which records may be written twice by somebody who is not sure and sends them again. */
final class Doubling {

    private Doubling() {}

    /**
     * All but commands. A second copy of a command that is claimed by another worker runs the job a second time, until the
     * projector says that it does not count: no guarantee covers producers without idempotence that write to lanes.
     */
    static boolean isHarmless(Object value) {
        return !(value instanceof Fact.JobQueued);
    }
}
