package dev.leat.simulation.worker;

/** The slots of a worker. */
final class Slots {

    private final int all;
    private int free;

    Slots(int all) {
        this.all = all;
        this.free = all;
    }

    /** How many are in use. */
    int taken() {
        return all - free;
    }

    boolean isFree() {
        return free > 0;
    }

    void take() {
        free--;
    }

    void give() {
        free++;
    }
}
