package dev.leat.plugins.learn;

import dev.leat.plugin.JobContext;
import dev.leat.plugin.JobHandler;
import dev.leat.plugin.JobOutcome;
import java.util.List;
import java.util.Optional;

/** Asks the model that was trained last. */
final class PredictHandler implements JobHandler<PredictInput, PredictResult> {

    private final SharedModel shared;

    PredictHandler(SharedModel shared) {
        this.shared = shared;
    }

    @Override
    public JobOutcome<PredictResult> run(PredictInput input, JobContext context) {
        Optional<TrainedModel> model = shared.in(context.state());
        return model.isEmpty()
                ? JobOutcome.notRetryable("Expected a model, but none has been trained: submit a learn:train first")
                : predict(model.get(), input);
    }

    private static JobOutcome<PredictResult> predict(TrainedModel trained, PredictInput input) {
        LinearModel model = trained.model();
        Penguin penguin = input.penguin();
        List<Predictor> missing = model.formula().missing(penguin);
        if (!missing.isEmpty()) {
            return JobOutcome.notRetryable("Expected all that the model %s (version %s) asks for, but %s is missing"
                    .formatted(model.formula(), trained.version(), missing));
        }
        LinearModel.Prediction prediction = model.predict(model.formula().encode(penguin).orElseThrow(),
                input.probability());
        return JobOutcome.succeeded(new PredictResult(prediction.mass(),
                new PredictResult.Interval(prediction.low(), prediction.high()), trained.version()));
    }
}
