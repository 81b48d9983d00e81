package dev.leat.plugin.test;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Checks whether a later attempt can go on from whatever a first one has left.
 *
 * @param subject runs the attempts
 */
record ResumeCheck(JobHandlerTester subject) {

    private static final int MOST_RESUMPTIONS = 20;

    /** What is wrong with the first attempt that did not go on as it should; empty if all did. */
    Optional<String> problem(Record input) {
        TestedAttempt first = subject.run(input);
        List<byte[]> left = spread(first.checkpoints());
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> steadyResult = first.steadyResult(subject.run(input));
        for (byte[] checkpoint : left) {
            TestedAttempt resumed = subject.attempt(2).withLastCheckpoint(checkpoint).run(input);
            if (!isGoodEnd(resumed, first) || steadyResult.filter(result -> !result.equals(resumed.resultJson()))
                    .isPresent()) {
                return Optional.of("with %s and one of its checkpoints of %d bytes: %s, where the first attempt was %s"
                        .formatted(input, checkpoint.length, resumed, first));
            }
        }
        return Optional.empty();
    }

    /** A first attempt that only snoozes or fails says nothing of how the next one ends, except by an outcome. */
    private static boolean isGoodEnd(TestedAttempt resumed, TestedAttempt first) {
        return first.end() == AttemptEnd.SUCCEEDED
                ? resumed.end() == AttemptEnd.SUCCEEDED
                : resumed.hasReturned() && resumed.thrown().isEmpty() && resumed.end() != AttemptEnd.TIMED_OUT;
    }

    /** All of them, or where they are many, some from all over, with the first and the last. */
    private static List<byte[]> spread(List<byte[]> checkpoints) {
        int last = checkpoints.size() - 1;
        return last < MOST_RESUMPTIONS
                ? checkpoints
                : IntStream.range(0, MOST_RESUMPTIONS)
                        .mapToObj(index -> checkpoints.get(index * last / (MOST_RESUMPTIONS - 1))).toList();
    }
}
