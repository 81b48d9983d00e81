package dev.leat.projector.topology;

import dev.leat.domain.JobId;

/** Says which partition a job belongs to on every topic of Leat, and which one a key of jobs. Thread-safe. */
public interface JobPartitions {

    /** The home of a job. */
    int ofJob(JobId id);

    /** The home of a key, as the submitter gave it. */
    int ofKey(String key);
}
