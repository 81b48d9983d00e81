package dev.leat.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import dev.leat.domain.JobId;
import dev.leat.domain.Submission;

/**
 * A job that is going to be submitted.
 *
 * @param at when, in nanoseconds, as are the other times
 * @param behaviours of its attempts, one after the other; later ones do as the last
 * @param cancelAt when somebody cancels it
 * @param forgetAt when somebody asks to forget it
 * @param valid whether workers take its parameters
 */
public record PlannedJob(long at, JobId id, Submission submission, List<Behaviour> behaviours, OptionalLong cancelAt,
        OptionalLong forgetAt, boolean valid) {

    public PlannedJob {
        behaviours = List.copyOf(behaviours);
    }

    /** The same job, which nobody cancels or forgets. */
    PlannedJob leftAlone() {
        return new PlannedJob(at, id, submission, behaviours, OptionalLong.empty(), OptionalLong.empty(), valid);
    }

    /** The same job, whose first attempt does this before all else. */
    PlannedJob doingFirst(Behaviour first) {
        List<Behaviour> all = new ArrayList<>(behaviours);
        all.addFirst(first);
        return new PlannedJob(at, id, submission, all, cancelAt, forgetAt, valid);
    }

    /** What the handler does in this attempt, by its number. */
    public Behaviour behaviour(int attempt) {
        return behaviours.get(Math.min(attempt, behaviours.size()) - 1);
    }
}
