package dev.leat.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import dev.leat.domain.JobPolicy;
import dev.leat.domain.Terms;
import dev.leat.simulation.world.Trace;

/** Tells a history that breaks a guarantee, for people: what was planned, what happened, and what is wrong with it. */
final class Story {

    private Story() {}

    /** The story of the shortest history that was found, in lines. */
    static String of(Shrinker.Found found, long originalSeed, Rules rules) {
        Trace.Kept trace = new Trace.Kept();
        Outcome outcome = Simulation.run(found.plan(), found.seed(), rules, trace);
        List<String> lines = new ArrayList<>();
        lines.add("Expected every guarantee to be kept, but history " + originalSeed
                + " breaks some. It is told again by -Dleat.simulation.seed=" + originalSeed
                + " -Dleat.simulation.histories=1. The shortest one that was found (seed " + found.seed() + "):");
        lines.addAll(planned(found.plan()));
        lines.add("What happened:");
        lines.addAll(trace.steps());
        lines.add("What is wrong:");
        lines.addAll(outcome.violations());
        return named(found.plan(), String.join(System.lineSeparator(), lines));
    }

    private static List<String> planned(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(plan.workers() + " workers of " + plan.slots() + " slots, " + plan.projectors() + " projectors, "
                + plan.partitions() + " partitions");
        plan.jobs().forEach(job -> lines.add(planned(job)));
        plan.schedules()
                .forEach(schedule -> lines.add("  " + schedule.id() + ": from " + seconds(schedule.at()) + " to "
                        + seconds(schedule.until()) + ", " + schedule.spec().cadence() + ", "
                        + schedule.spec().overlap()));
        plan.batches().forEach(batch -> lines.addAll(planned(batch)));
        plan.settings().forEach(said -> lines.add("  at " + seconds(said.at()) + " " + said.setting()));
        plan.faults().forEach(fault -> lines.add(planned(fault)));
        return lines;
    }

    private static List<String> planned(PlannedBatch batch) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + batch.name() + ": at " + seconds(batch.at()) + (batch.givenUp() ? ", given up" : "") + ", "
                + batch.options() + ", one in " + batch.compensable() + " can be taken back"
                + time(", cancelled at ", batch.cancelAt()) + time(", taken back at ", batch.rollbackAt()));
        batch.jobs().forEach(job -> lines.add("  " + planned(job)));
        return lines;
    }

    private static String time(String what, OptionalLong nanos) {
        return nanos.isPresent() ? what + seconds(nanos.getAsLong()) : "";
    }

    private static String planned(PlannedJob job) {
        StringBuilder line = new StringBuilder("  ").append(job.id()).append(": ");
        JobPolicy policy = JobPolicy.DEFAULT.with(job.submission().policy());
        Terms terms = job.submission().terms();
        line.append(policy.maxAttempts()).append(" tries of ").append(policy.timeout());
        terms.runAt().ifPresent(at -> line.append(", runs at ").append(at));
        terms.expiresAt().ifPresent(at -> line.append(", expires at ").append(at));
        terms.deadline().ifPresent(at -> line.append(", deadline ").append(at));
        terms.uniqueKey().ifPresent(key -> line.append(", unique by ").append(key));
        terms.idempotency().ifPresent(request -> line.append(", ").append(request));
        job.behaviours().forEach(behaviour -> line.append("; ").append(behaviour.ending()).append(" after ")
                .append(seconds(behaviour.nanos()))
                .append(", stubborn for ")
                .append(seconds(behaviour.stubbornNanos()))
                .append(behaviour.awaited().isEmpty() ? "" : ", for " + behaviour.awaited()));
        return line.append(job.valid() ? "" : "; invalid").toString();
    }

    private static String planned(PlannedFault fault) {
        PlannedFault.When when = fault.when();
        String moment = when.moment() == PlannedFault.Moment.TIME
                ? "at " + seconds(when.count())
                : "at " + when.moment() + " no. " + when.count() + ", " + seconds(when.delayNanos()) + " later";
        return "  " + fault.kind() + " for " + seconds(fault.nanos()) + ", " + moment;
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }

    private static String named(Plan plan, String text) {
        return IntStream.range(0, plan.jobs().size())
                .boxed()
                .reduce(text, (sofar, i) -> sofar.replace(plan.jobs().get(i).id().toString(), "job-" + i),
                        (one, _) -> one);
    }
}
