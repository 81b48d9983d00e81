package dev.leat.submit.live;

/** There is no going on from a place in the log: show anew what there is, and watch from there. */
public final class PositionGoneException extends Exception {
    private static final long serialVersionUID = 1L;

    public PositionGoneException(String message) {
        super(message);
    }
}
