package dev.leat.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.leat.simulation.world.Trace;

/**
 * Makes a history that breaks a guarantee shorter: leaves out faults, jobs, batches, settings and processes and lets faults come earlier, for as
 * long as the same guarantee breaks. What is left out changes everything that comes after it, so each shorter plan is given a few seeds.
 */
final class Shrinker {

    /** First few, to leave out most of it soon, then more. */
    private static final List<Integer> SEEDS_A_PLAN = List.of(4, 12, 50);
    private static final int MOST_RUNS = 2_000;

    /** A history that breaks a guarantee. */
    record Found(Plan plan, long seed, Outcome outcome) {}

    private final Rules rules;
    private final String guarantee;
    private int runs;

    private Shrinker(Rules rules, String guarantee) {
        this.rules = rules;
        this.guarantee = guarantee;
    }

    /** The shortest history that was found, perhaps the same. */
    static Found shrink(Found found, Rules rules) {
        String guarantee = found.outcome().violations().getFirst().split(":", 2)[0];
        return new Shrinker(rules, guarantee).shrink(found);
    }

    private Found shrink(Found found) {
        Found shortest = found;
        for (int seeds : SEEDS_A_PLAN) {
            runs = 0;
            Optional<Found> shorter = Optional.of(shortest);
            while (shorter.isPresent()) {
                shortest = shorter.get();
                shorter = shorter(shortest, seeds);
            }
        }
        return shortest;
    }

    private Optional<Found> shorter(Found found, int seeds) {
        return candidates(found.plan()).map(plan -> attempt(plan, found.seed(), seeds))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Found> attempt(Plan plan, long seed, int seeds) {
        for (long next = seed; next < seed + seeds && runs < MOST_RUNS; next++) {
            runs++;
            Outcome outcome = Simulation.run(plan, next, rules, Trace.NONE);
            if (outcome.breaks(guarantee)) {
                return Optional.of(new Found(plan, next, outcome));
            }
        }
        return Optional.empty();
    }

    private static Stream<Plan> candidates(Plan plan) {
        UnaryOperator<Plan> oneWorkerLess = less -> less.withProcesses(less.workers() - 1, less.projectors());
        UnaryOperator<Plan> oneProjectorLess = less -> less.withProcesses(less.workers(), less.projectors() - 1);
        return Stream.of(without(plan, plan.faults(), Plan::withFaults),
                without(plan, plan.jobs(), Plan::withJobs).flatMap(Shrinker::alsoEarlier),
                without(plan, plan.schedules(), Plan::withSchedules), without(plan, plan.batches(), Plan::withBatches),
                without(plan, plan.settings(), Plan::withSettings),
                plan.workers() > 1 ? Stream.of(oneWorkerLess.apply(plan)) : Stream.<Plan>empty(),
                plan.projectors() > 1 ? Stream.of(oneProjectorLess.apply(plan)) : Stream.<Plan>empty(),
                plainer(plan), earlier(plan).filter(sooner -> !sooner.equals(plan)))
                .flatMap(Function.identity());
    }

    /** Where jobs are left out, moments come less often: the plan, and the plan with its faults at earlier ones. */
    private static Stream<Plan> alsoEarlier(Plan plan) {
        return Stream.concat(Stream.of(plan), earlier(plan)).distinct();
    }

    private static Stream<Plan> earlier(Plan plan) {
        return Stream.of(Long.MAX_VALUE, 3L, 1L)
                .map(by -> plan.withFaults(plan.faults().stream().map(fault -> fault.earlier(by)).toList()));
    }

    /** The plan without each half of a list, then without each of its members. */
    private static <T> Stream<Plan> without(Plan plan, List<T> list, BiFunction<Plan, List<T>, Plan> with) {
        List<List<T>> fewer = new ArrayList<>();
        if (list.size() > 3) {
            fewer.add(list.subList(0, list.size() / 2));
            fewer.add(list.subList(list.size() / 2, list.size()));
        }
        for (int i = 0; i < list.size(); i++) {
            List<T> rest = new ArrayList<>(list);
            rest.remove(i);
            fewer.add(rest);
        }
        return fewer.stream().map(rest -> with.apply(plan, rest));
    }

    /** The plan with one job that nobody cancels or forgets, in the place of one that somebody does. */
    private static Stream<Plan> plainer(Plan plan) {
        return plan.jobs()
                .stream()
                .filter(job -> job.cancelAt().isPresent() || job.forgetAt().isPresent())
                .map(job -> plan.withJobs(plan.jobs()
                        .stream()
                        .map(other -> other.equals(job) ? other.leftAlone() : other)
                        .toList()));
    }
}
