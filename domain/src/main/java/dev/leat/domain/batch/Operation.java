package dev.leat.domain.batch;

import java.util.Optional;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;

/**
 * One operation of a batch: the job that runs it.
 *
 * @param index from 0, in the order in which they were given
 * @param submission on the batch's behalf
 * @param compensation what takes it back once it has completed; empty where its type declares nothing
 */
public record Operation(int index, JobId job, Submission submission, Optional<Compensation> compensation) {

    /** How a completed operation is taken back: by a job of this type. */
    public record Compensation(JobTypeName type, Lane lane, PolicyOverrides policy) {}
}
