package dev.leat.domain.estimate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.Tally;

/** Makes estimates. Pure. */
public final class Estimates {

    private static final double LEAST_SECONDS = 0.001;

    private Estimates() {}

    /**
     * What is left of the run of one job, without what it may wait before; empty where none of its type has ended.
     *
     * @param elapsed since its attempt began
     */
    public static Optional<Estimate> ofJob(RunTimes ofType, Duration elapsed) {
        return ofType.count() == 0
                ? Optional.empty()
                : Optional.of(Estimate.of(ofType.mean() - elapsed.toNanos() / 1e9, ofType.variance(),
                        ofType.count()));
    }

    /**
     * What is left of a batch that is not finished: the work of the operations that have not ended, done as many at a time
     * as up to now. Empty where nothing is known about any of their types.
     *
     * @param history how long jobs of a type ran
     */
    public static Optional<Estimate> ofBatch(Batch batch, Function<JobTypeName, RunTimes> history, Instant now) {
        if (batch.isFinished() || batch.open() + batch.waiting() == 0) {
            return Optional.empty();
        }
        Work work = Work.of(batch.tally(), history);
        if (work.basis() == 0) {
            return Optional.empty();
        }
        double share = (double) (batch.open() + batch.waiting()) / count(batch.tally());
        double atATime = parallelism(batch, now);
        return Optional.of(Estimate.of(work.mean() * share / atATime,
                work.variance() * share / (atATime * atATime), work.basis()));
    }

    private static int count(Tally tally) {
        return Math.max(1, tally.open().values().stream().mapToInt(Integer::intValue).sum());
    }

    /** What has been run in the time that has passed; below 1 where more time goes between runs than with them. */
    private static double parallelism(Batch batch, Instant now) {
        double ran = Math.max(LEAST_SECONDS * batch.tally().total(), batch.tally().runTime().toNanos() / 1e9);
        double passed = batch.startedAt().map(start -> Duration.between(start, now).toNanos() / 1e9).orElse(0.0);
        return batch.tally().total() > 0 && passed > 0 ? ran / passed : Math.max(1, batch.open());
    }

    /** The work that is left: the means of many add up, and so do their variances, and what the means may be wrong by. */
    private record Work(double mean, double variance, long basis) {

        static Work of(Tally tally, Function<JobTypeName, RunTimes> history) {
            Work sum = new Work(0, 0, 0);
            for (Map.Entry<JobTypeName, Integer> type : tally.open().entrySet()) {
                sum = sum.and(type.getValue(), history.apply(type.getKey()));
            }
            return sum;
        }

        private Work and(int jobs, RunTimes times) {
            if (times.count() == 0) {
                return this;
            }
            double each = Math.max(LEAST_SECONDS, times.mean());
            double meanIsWrongBy = times.variance() / times.count();
            return new Work(mean + jobs * each,
                    variance + jobs * times.variance() + (double) jobs * jobs * meanIsWrongBy,
                    basis + times.count());
        }
    }
}
