package dev.leat.e2e.chaos;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may go wrong in a chaos run, and how often compared with the others. */
enum FaultKind {
    BROKER_KILLED(Role.BROKER, Damage.KILLED, 2),
    BROKER_RESTARTED(Role.BROKER, Damage.STOPPED, 2),
    PROJECTOR_KILLED(Role.PROJECTOR, Damage.KILLED, 3),
    PROJECTOR_SUSPENDED(Role.PROJECTOR, Damage.SUSPENDED, 2),
    PROJECTOR_RESTARTED(Role.PROJECTOR, Damage.STOPPED, 1),
    PROJECTOR_STATE_DELETED(Role.PROJECTOR, Damage.KILLED_AND_STATE_DELETED, 1),
    WORKER_KILLED(Role.WORKER, Damage.KILLED, 4),
    WORKER_SUSPENDED(Role.WORKER, Damage.SUSPENDED, 3),
    WORKER_RESTARTED(Role.WORKER, Damage.STOPPED, 1),
    API_KILLED(Role.API, Damage.KILLED, 1),
    API_RESTARTED(Role.API, Damage.STOPPED, 1);

    private final Role role;
    private final Damage damage;
    private final int weight;

    FaultKind(Role role, Damage damage, int weight) {
        this.role = role;
        this.damage = damage;
        this.weight = weight;
    }

    /** The kind that is called so on the command line. */
    static Optional<FaultKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.toString().equals(name)).findFirst();
    }

    /** How all kinds are called on the command line. */
    static String names() {
        return Arrays.stream(values()).map(FaultKind::toString).collect(Collectors.joining(", "));
    }

    Role role() {
        return role;
    }

    Damage damage() {
        return damage;
    }

    int weight() {
        return weight;
    }

    /** Its name on the command line and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
