package dev.leat.projector.topology;

import dev.leat.domain.JobId;

/** Says which partition a job belongs to on every topic of Leat. */
@FunctionalInterface
public interface JobPartitions {

    int of(JobId id);
}
