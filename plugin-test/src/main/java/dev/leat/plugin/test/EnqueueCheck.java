package dev.leat.plugin.test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks whether the further jobs that a handler asks for are submitted as it means them: each once, and in such a way that
 * it can run.
 *
 * @param subject runs the attempts
 */
record EnqueueCheck(JobHandlerTester subject) {

    /** What is wrong; empty if nothing is. */
    List<String> problems(Record input) {
        TestedAttempt first = subject.run(input);
        if (first.said().enqueued().isEmpty()) {
            return List.of();
        }
        TestedAttempt again = subject.attempt(2).run(input);
        return Stream.of(lost(first), unfit(first), repeated(first, again)).flatMap(List::stream).toList();
    }

    /** Of two requests with one key, the second one is nothing but the first one made again. */
    private static List<String> lost(TestedAttempt attempt) {
        Map<String, EnqueuedJob> byKey = new HashMap<>();
        return attempt.said().enqueued().stream()
                .filter(job -> !Optional.ofNullable(byKey.putIfAbsent(job.key(), job)).orElse(job)
                        .asksForTheSameAs(job))
                .map(job -> "two different jobs have the key '%s', so the second one, %s with %s, is not submitted"
                        .formatted(job.key(), job.request().type(), job.params().value()))
                .toList();
    }

    private List<String> unfit(TestedAttempt attempt) {
        return attempt.said().enqueued().stream().flatMap(job -> subject.problemOf(job.request(), job.params())
                .map(problem -> "nobody can run %s: %s".formatted(job.request(), problem)).stream()).distinct()
                .toList();
    }

    /** Attempts that end alike do the same, so keys of the second that the first has not are jobs that run twice. */
    private static List<String> repeated(TestedAttempt first, TestedAttempt again) {
        if (first.end() != again.end()) {
            return List.of();
        }
        List<String> known = first.said().enqueued().stream().map(EnqueuedJob::key).toList();
        return again.said().enqueued().stream().map(EnqueuedJob::key).filter(key -> !known.contains(key)).distinct()
                .map(key -> "another attempt asks with another key, '%s', so that the job is submitted once more"
                        .formatted(key))
                .toList();
    }
}
