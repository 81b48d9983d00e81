package dev.leat.testkit.guarantees;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;

/**
 * What every instance shows of a job equals the fold of the topics, replayed from zero. A job that has ended may be gone,
 * if its time was over or somebody asked to forget it.
 */
public final class StatusMatchesLog implements Guarantee {

    @Override
    public List<String> violations(History history) {
        Map<JobId, Job> jobs = history.jobs();
        return history.shown()
                .entrySet()
                .stream()
                .flatMap(instance -> jobs.values()
                        .stream()
                        .flatMap(job -> judge(instance.getKey(), JobView.of(job),
                                Optional.ofNullable(instance.getValue().get(job.id())),
                                history.observed().mayBeForgotten(job))))
                .toList();
    }

    private static Stream<String> judge(String instance, Optional<JobView> expected, Optional<JobView> shown,
            boolean mayBeForgotten) {
        return Objects.equals(expected, shown) || (mayBeForgotten && shown.isEmpty())
                ? Stream.empty()
                : Stream.of("Expected " + instance + " to show " + expected + ", but it shows " + shown);
    }
}
