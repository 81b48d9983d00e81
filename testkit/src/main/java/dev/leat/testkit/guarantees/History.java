package dev.leat.testkit.guarantees;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;

/**
 * What was seen from outside while Leat ran.
 *
 * @param acknowledged the jobs whose submission was answered as accepted
 * @param facts what stands on the topics, each topic in its own order
 * @param shown what each asked instance shows of the jobs in the end, by the instance's name
 */
public record History(Set<JobId> acknowledged, List<RecordedFact> facts, Map<String, Map<JobId, JobView>> shown) {

    public History {
        acknowledged = Set.copyOf(acknowledged);
        facts = List.copyOf(facts);
        shown = Map.copyOf(shown);
    }

    /** A fact about a job, as it stands on a topic. */
    public record RecordedFact(JobId job, Fact fact) {}

    /** Each job's facts, in the order in which they were recorded. */
    Map<JobId, List<Fact>> factsByJob() {
        Map<JobId, List<Fact>> byJob = new LinkedHashMap<>();
        facts.forEach(recorded -> byJob.computeIfAbsent(recorded.job(), _ -> new ArrayList<>()).add(recorded.fact()));
        return byJob;
    }

    /** Each job, folded from its facts. */
    Map<JobId, Job> jobs() {
        Map<JobId, Job> jobs = new LinkedHashMap<>();
        facts.forEach(recorded -> jobs.merge(recorded.job(),
                JobFold.apply(Job.unknown(recorded.job()), recorded.fact()),
                (known, _) -> JobFold.apply(known, recorded.fact())));
        return jobs;
    }
}
