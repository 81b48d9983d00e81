package dev.leat.worker.claim;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;

/**
 * What a worker knows of jobs and their types besides commands and its own plugins.
 *
 * @param unwanted whether somebody wants a job to end rather than to begin this attempt, by its number
 * @param livesOn whether a partition is the one that the job's key belongs to; the projector shows a job only there
 * @param announced what some worker has announced of a job type, whether it is hosted here or not; empty where none has
 */
public record KnownJobs(BiPredicate<JobId, Integer> unwanted, BiPredicate<JobId, Integer> livesOn,
        Function<JobTypeName, Optional<JobTypeDescriptor>> announced) {}
