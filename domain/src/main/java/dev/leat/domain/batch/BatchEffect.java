package dev.leat.domain.batch;

import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.Submission;

/**
 * Something to be done about a batch. The shell does all effects of one step together with storing the batch and moving
 * on in its topics, or none of them.
 */
public sealed interface BatchEffect {

    /** Store the member. */
    record Keep(BatchMember member) implements BatchEffect {}

    /** Forget what the operation was: nobody needs it any more. */
    record Drop(int index) implements BatchEffect {}

    /** Submit a job. */
    record Submit(JobId job, Submission submission) implements BatchEffect {}

    /** Tell whoever has ordered the batch how it ended. */
    record Tell(JobNotice notice) implements BatchEffect {}

    /** Ask for the end of a job. */
    record End(JobId job) implements BatchEffect {}
}
