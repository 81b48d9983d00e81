package dev.leat.testkit.guarantees;

import java.util.List;

/** Something that Leat promises. Implementations keep no state, so one serves any number of histories. */
public interface Guarantee {

    /** What the history breaks of the promise, a sentence each; empty where it is kept. */
    List<String> violations(History history);

    /** Judges a history by all guarantees and fails with everything that is broken. */
    static void assertAllKept(History history) {
        List<Guarantee> all = List.of(new NoLostJob(), new OneLiveAttempt(), new StatusMatchesLog());
        List<String> broken = all.stream()
                .flatMap(guarantee -> guarantee.violations(history)
                        .stream()
                        .map(violation -> guarantee.getClass().getSimpleName() + ": " + violation))
                .toList();
        if (!broken.isEmpty()) {
            throw new AssertionError("Expected every guarantee to be kept, but %d violations were found:%n%s"
                    .formatted(broken.size(), String.join(System.lineSeparator(), broken.subList(0,
                            Math.min(20, broken.size())))));
        }
    }
}
