package dev.leat.domain;

/**
 * How far a job has come on its way to a worker.
 *
 * @param scheduled whether it has been seen on the pending topic
 * @param admitted whether the projector has said that nobody else has its key
 * @param queued the highest number of its attempts that has been seen on a lane, 0 before the first
 */
public record Intake(boolean scheduled, boolean admitted, int queued) {

    static final Intake NONE = new Intake(false, false, 0);

    Intake schedule() {
        return new Intake(true, admitted, queued);
    }

    Intake admit() {
        return new Intake(scheduled, true, queued);
    }

    Intake queue(int attempt) {
        return new Intake(scheduled, admitted, Math.max(queued, attempt));
    }
}
