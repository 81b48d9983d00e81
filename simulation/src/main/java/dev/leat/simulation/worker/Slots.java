package dev.leat.simulation.worker;

/** The slots of a worker. */
final class Slots {

    private int free;

    Slots(int free) {
        this.free = free;
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
