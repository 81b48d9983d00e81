package dev.leat.testkit.guarantees;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;

/**
 * One attempt number is queued once. A first attempt without conditions is put into its lane by its submitter, who may do
 * so twice; all others are the projector's.
 */
public final class RetryOnce implements Guarantee {

    private record Queueing(JobId job, int attempt) {}

    @Override
    public List<String> violations(History history) {
        return history.facts()
                .stream()
                .flatMap(recorded -> recorded.fact() instanceof Fact.JobQueued command && isProjectors(command)
                        ? Stream.of(new Queueing(recorded.job(), command.attempt()))
                        : Stream.empty())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(queueing -> queueing.getValue() > 1)
                .map(RetryOnce::sentence)
                .toList();
    }

    private static boolean isProjectors(Fact.JobQueued command) {
        return command.attempt() > 1 || command.submission().terms().isConditional();
    }

    private static String sentence(Map.Entry<Queueing, Long> queueing) {
        return "Expected attempt " + queueing.getKey().attempt() + " of job " + queueing.getKey().job()
                + " to be queued once, but it was queued " + queueing.getValue() + " times";
    }
}
