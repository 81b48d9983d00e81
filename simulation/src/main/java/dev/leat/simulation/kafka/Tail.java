package dev.leat.simulation.kafka;

import java.util.function.BooleanSupplier;

import dev.leat.simulation.world.Node;

/** Reads the committed records of a log from a position on, in order, as long as its process lives. */
public final class Tail {

    private static final int MOST_AT_ONCE = 5;

    /** What is made of records. */
    @FunctionalInterface
    public interface Handler {

        void read(LogRecord source);

        /** Some have been read, or passed over. */
        default void moved() {}
    }

    private final Node node;
    private final Log log;
    private final Handler handler;
    private final BooleanSupplier ready;
    private long position;
    private boolean fetching;
    private boolean closed;

    private Tail(Node node, Log log, long position, BooleanSupplier ready, Handler handler) {
        this.node = node;
        this.log = log;
        this.position = position;
        this.ready = ready;
        this.handler = handler;
    }

    /**
     * Begins to read.
     *
     * @param ready whether a record can be taken; where not, {@link #wake} is to be called when it can
     */
    public static Tail of(Node node, Log log, long position, BooleanSupplier ready, Handler handler) {
        Tail tail = new Tail(node, log, position, ready, handler);
        log.add(tail);
        tail.wake();
        return tail;
    }

    /** The offset of the next record. */
    public long position() {
        return position;
    }

    public void close() {
        closed = true;
        log.remove(this);
    }

    /** Makes it look for records. */
    public void wake() {
        if (!fetching && !closed && position < log.stableEnd()) {
            fetching = true;
            node.after(node.way(log.name().topic()), this::fetch);
        }
    }

    private void fetch() {
        fetching = false;
        for (int taken = 0; taken < MOST_AT_ONCE && !closed && ready.getAsBoolean()
                && position < log.stableEnd();) {
            LogRecord next = log.get(position);
            position++;
            if (next.isCommitted()) {
                handler.read(next);
                taken++;
            }
        }
        handler.moved();
        if (ready.getAsBoolean()) {
            wake();
        }
    }
}
