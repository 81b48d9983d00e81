package dev.leat.testkit.guarantees;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;

/** Every acknowledged submission reaches exactly one terminal state, once faults have healed. */
public final class NoLostJob implements Guarantee {

    @Override
    public List<String> violations(History history) {
        Map<JobId, Job> jobs = history.jobs();
        return history.acknowledged().stream().flatMap(id -> judge(id, Optional.ofNullable(jobs.get(id)))).toList();
    }

    private static Stream<String> judge(JobId id, Optional<Job> job) {
        if (job.isEmpty()) {
            return Stream
                    .of("Expected job " + id + " on the topics, as its submission was acknowledged, but it is not");
        }
        return job.filter(known -> !known.state().isTerminal())
                .map(open -> "Expected job " + id + " to end, but it is " + open.state().wireName())
                .stream();
    }
}
