package dev.leat.worker.claim;

import java.util.function.BiPredicate;

import dev.leat.domain.JobId;

/**
 * What a worker knows of jobs besides their commands.
 *
 * @param unwanted whether somebody wants a job to end rather than to begin this attempt, by its number
 * @param livesOn whether a partition is the one that the job's key belongs to; the projector shows a job only there
 */
public record KnownJobs(BiPredicate<JobId, Integer> unwanted, BiPredicate<JobId, Integer> livesOn) {}
