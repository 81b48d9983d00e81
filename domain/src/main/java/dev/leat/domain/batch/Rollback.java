package dev.leat.domain.batch;

/**
 * How far the taking back of a batch has come. It walks backwards through the operations that completed, in the order
 * in which they did.
 *
 * @param left how many of them have not been looked at
 * @param running whether the job that takes back the one looked at last has not ended
 * @param compensated how many have been taken back
 * @param failed how many could not be, as the job that was to do it did not complete
 * @param impossible how many are of types that declare no compensation
 */
public record Rollback(int left, boolean running, int compensated, int failed, int impossible) {

    /** Nothing has been looked at. */
    static Rollback of(int completed) {
        return new Rollback(completed, false, 0, 0, 0);
    }

    /** Whether everything has been taken back that can be. */
    public boolean hasEnded() {
        return left == 0 && !running;
    }

    Rollback passOver() {
        return new Rollback(left - 1, false, compensated, failed, impossible + 1);
    }

    Rollback begin() {
        return new Rollback(left - 1, true, compensated, failed, impossible);
    }

    Rollback end(boolean completed) {
        return new Rollback(left, false, compensated + (completed ? 1 : 0), failed + (completed ? 0 : 1), impossible);
    }
}
