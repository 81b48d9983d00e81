package dev.leat.testkit.guarantees;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobView;

/**
 * What was seen from outside while Leat ran.
 *
 * @param acknowledged the jobs whose submission was answered as accepted
 * @param facts what stands on the topics, each topic in its own order
 * @param shown what each asked instance shows of the jobs in the end, by the instance's name
 * @param observed what topics do not tell; a guarantee that needs what is missing finds nothing broken
 * @param batches what is known of batches
 * @param plugins what is known of limits and pauses of plugins
 */
public record History(Set<JobId> acknowledged, List<RecordedFact> facts, Map<String, Map<JobId, JobView>> shown,
        Observations observed, BatchRecords batches, PluginRecords plugins) {

    public History {
        acknowledged = Set.copyOf(acknowledged);
        facts = List.copyOf(facts);
        shown = Map.copyOf(shown);
    }

    /** A history of which nothing is known that has to do with batches or limits. */
    public History(Set<JobId> acknowledged, List<RecordedFact> facts, Map<String, Map<JobId, JobView>> shown,
            Observations observed) {
        this(acknowledged, facts, shown, observed, BatchRecords.NONE, PluginRecords.NONE);
    }

    /** A history of which nothing is known but what stands on topics and what is shown in the end. */
    public History(Set<JobId> acknowledged, List<RecordedFact> facts, Map<String, Map<JobId, JobView>> shown) {
        this(acknowledged, facts, shown, Observations.NONE);
    }

    /**
     * A fact about a job, as it stands on a topic.
     *
     * @param at where, if that was recorded
     * @param written when, on one clock for all facts; empty where that was not recorded
     */
    public record RecordedFact(JobId job, Fact fact, Optional<CommandPosition> at, Optional<Instant> written) {

        public RecordedFact(JobId job, Fact fact) {
            this(job, fact, Optional.empty(), Optional.empty());
        }
    }

    /**
     * How a job ended.
     *
     * @param written when the fact was written that ended it
     */
    record End(JobState state, Optional<Instant> written) {}

    /** The ends of those jobs that have ended. */
    Map<JobId, End> ends() {
        Map<JobId, Job> jobs = new HashMap<>();
        Map<JobId, End> ends = new HashMap<>();
        facts.forEach(recorded -> {
            Job job = JobFold.apply(jobs.getOrDefault(recorded.job(), Job.unknown(recorded.job())), recorded.fact());
            jobs.put(recorded.job(), job);
            if (job.state().isTerminal()) {
                ends.putIfAbsent(recorded.job(), new End(job.state(), recorded.written()));
            }
        });
        return ends;
    }

    /** Each job's facts, in the order in which they were recorded. */
    Map<JobId, List<Fact>> factsByJob() {
        Map<JobId, List<Fact>> byJob = new LinkedHashMap<>();
        facts.forEach(recorded -> byJob.computeIfAbsent(recorded.job(), _ -> new ArrayList<>()).add(recorded.fact()));
        return byJob;
    }

    /** Each job, folded from its facts. */
    Map<JobId, Job> jobs() {
        Map<JobId, Job> jobs = new LinkedHashMap<>();
        factsByJob().forEach((id, ofJob) -> {
            Job job = Job.unknown(id);
            for (Fact fact : ofJob) {
                job = JobFold.apply(job, fact);
            }
            jobs.put(id, job);
        });
        return jobs;
    }
}
