package dev.leat.testkit.guarantees;

import java.util.List;

/** Something that Leat promises. Implementations keep no state, so one serves any number of histories. */
public interface Guarantee {

    /** All that Leat promises. */
    List<Guarantee> ALL = List.of(new NoLostJob(), new OneLiveAttempt(), new AttemptsBounded(), new TerminalAbsorbs(),
            new StatusMatchesLog(), new RetryOnce(), new CancelHonoured(), new OneOpenJobPerKey(),
            new FiredOncePerDueTime(), new BatchReleasesOnce(), new BatchSettles(), new RollbackReversed(),
            new LimitKept(), new PausedStartsNothing());

    /** What the history breaks of the promise, a sentence each; empty where it is kept. */
    List<String> violations(History history);

    /** What the history breaks of all guarantees, a sentence each, with the guarantee's name in front. */
    static List<String> violationsOfAll(History history) {
        return ALL.stream()
                .flatMap(guarantee -> guarantee.violations(history)
                        .stream()
                        .map(violation -> guarantee.getClass().getSimpleName() + ": " + violation))
                .toList();
    }

    /** Judges a history by all guarantees and fails with everything that is broken. */
    static void assertAllKept(History history) {
        List<String> broken = violationsOfAll(history);
        if (!broken.isEmpty()) {
            throw new AssertionError("Expected every guarantee to be kept, but %d violations were found:%n%s"
                    .formatted(broken.size(), String.join(System.lineSeparator(), broken.subList(0,
                            Math.min(20, broken.size())))));
        }
    }
}
