package dev.leat.plugins.learn;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Fits a model, tries how well models like it predict, and puts it where all workers find it. Doing so again gives the
 * same model, under the same version.
 */
final class TrainHandler implements JobHandler<TrainInput, TrainResult> {

    /** Read, encode, fit, publish. */
    private static final int STEPS = 4;

    private final SharedModel shared;

    TrainHandler(SharedModel shared) {
        this.shared = shared;
    }

    @Override
    public JobOutcome<TrainResult> run(TrainInput input, JobContext context)
            throws IOException, InterruptedException {
        Formula formula = Formula.of(input.predictors());
        int total = STEPS + input.folds();
        List<Penguin> penguins = PenguinTable.read();
        step(context, 1, total, "read %d penguins".formatted(penguins.size()));
        Sample sample = Sample.of(formula, penguins);
        step(context, 2, total, "encoded %d rows, dropped %d".formatted(sample.rows().size(), sample.dropped()));
        LinearModel model = LinearModel.fit(formula, sample.rows());
        step(context, 3, total, "fitted %s, R2 %.4f".formatted(formula, model.r2()));
        OptionalDouble error = crossValidate(formula, sample, input.folds(), total, context);
        TrainedModel trained = new TrainedModel(context.jobId().toString(), context.clock().instant(), model);
        shared.replace(context.state(), trained);
        context.progress(total, total, "published model %s".formatted(trained.version()));
        return JobOutcome.succeeded(result(trained, sample, error));
    }

    private static OptionalDouble crossValidate(Formula formula, Sample sample, int folds, int total,
            JobContext context) {
        if (folds == 0) {
            return OptionalDouble.empty();
        }
        double squares = 0;
        for (int fold = 0; fold < folds; fold++) {
            squares += squaredErrors(formula, sample, fold, folds);
            step(context, STEPS + fold, total, "cross-validated fold %d of %d".formatted(fold + 1, folds));
        }
        return OptionalDouble.of(Math.sqrt(squares / sample.rows().size()));
    }

    /** Each nth row is in the nth fold: the data is ordered by species, so all folds have some of each. */
    private static double squaredErrors(Formula formula, Sample sample, int fold, int folds) {
        LinearModel model = LinearModel.fit(formula, sample.rowsWhere(row -> row % folds != fold));
        return sample.rowsWhere(row -> row % folds == fold).stream()
                .mapToDouble(row -> row.mass() - model.mass(row.terms()))
                .map(error -> error * error).sum();
    }

    private static void step(JobContext context, int done, int total, String message) {
        context.progress(done, total, message);
        context.throwIfCancelled();
    }

    private static TrainResult result(TrainedModel trained, Sample sample, OptionalDouble error) {
        LinearModel model = trained.model();
        return new TrainResult(model.formula().toString(), model.coefficients(), model.r2(), model.adjustedR2(),
                model.residualStandardError(), error, sample.rows().size(), sample.dropped(), trained.version());
    }
}
