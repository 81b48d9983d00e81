package dev.leat.worker.claim;

import java.util.function.BiPredicate;
import java.util.function.Predicate;

import dev.leat.domain.JobId;

/**
 * What a worker knows of jobs besides their commands.
 *
 * @param cancelled whether somebody wants a job to end
 * @param livesOn whether a partition is the one that the job's key belongs to; the projector shows a job only there
 */
public record KnownJobs(Predicate<JobId> cancelled, BiPredicate<JobId, Integer> livesOn) {}
