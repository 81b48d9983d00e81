package dev.leat.simulation;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import dev.leat.simulation.world.Trace;

/** Runs histories by the seeds of a range, several at a time, and stops at the first that breaks a guarantee. */
final class Search {

    private Search() {}

    /**
     * What became of a search.
     *
     * @param histories how many were run
     * @param broken one that breaks a guarantee, if there is one, by the seed of its plan
     */
    record Result(long histories, Optional<Shrinker.Found> broken) {}

    /** Runs the histories of these seeds. */
    static Result run(long firstSeed, long histories, Rules rules) {
        AtomicLong count = new AtomicLong();
        Optional<Shrinker.Found> broken = LongStream.range(firstSeed, firstSeed + histories)
                .parallel()
                .mapToObj(seed -> {
                    count.incrementAndGet();
                    Plan plan = PlanDraw.of(seed);
                    return new Shrinker.Found(plan, seed, Simulation.run(plan, seed, rules, Trace.NONE));
                })
                .filter(Predicate.not(found -> found.outcome().violations().isEmpty()))
                .findFirst();
        return new Result(count.get(), broken);
    }
}
