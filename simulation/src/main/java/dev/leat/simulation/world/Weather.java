package dev.leat.simulation.world;

import java.util.SplittableRandom;

/**
 * How long messages take and which of them are lost: a few milliseconds and almost none, in a storm seconds and many, and
 * in the end, when all faults have healed, milliseconds and none.
 */
public final class Weather {

    private final SplittableRandom random;
    private long stormUntil;
    private boolean healed;

    Weather(SplittableRandom random) {
        this.random = random;
    }

    /** Makes it bad until then. */
    public void storm(long untilNanos) {
        stormUntil = Math.max(stormUntil, untilNanos);
    }

    /** Makes it good for ever. */
    public void heal() {
        healed = true;
    }

    /** How long a message takes, in nanoseconds. */
    public long latency(long now) {
        int draw = random.nextInt(1_000);
        if (healed) {
            return World.millis(1 + draw % 4);
        }
        boolean storm = now < stormUntil;
        if (draw < (storm ? 500 : 900)) {
            return World.millis(1) + random.nextInt(4_000_000);
        }
        if (draw < (storm ? 850 : 990)) {
            return World.millis(5 + random.nextInt(200));
        }
        return World.millis(200 + random.nextInt(3_000));
    }

    /** Whether a message is lost, so that its sender hears nothing. */
    public boolean loses(long now) {
        return !healed && random.nextInt(1_000) < (now < stormUntil ? 150 : 3);
    }

    /** Whether a producer that is not sure of a record writes it a second time. */
    public boolean doubles(long now) {
        return !healed && random.nextInt(1_000) < (now < stormUntil ? 100 : 5);
    }

    /** Whether what a process had sent when it died arrives all the same. */
    public boolean outlives() {
        return random.nextBoolean();
    }
}
