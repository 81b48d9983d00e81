package dev.leat.plugins.learn;

import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import java.time.Duration;
import java.util.List;

/** The plugin {@code learn}. */
public final class LearnPlugin implements Plugin {

    /** Far more than the data needs. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final SharedModel model = new SharedModel();

    /** For the service loader. */
    public LearnPlugin() {}

    @Override
    public String id() {
        return "learn";
    }

    @Override
    public List<JobType<?, ?>> jobTypes() {
        return List.of(
                JobType.named("train", TrainInput.class, TrainResult.class)
                        .describedAs(
                                "Fits a linear regression of the body mass of penguins, which then answers all predictions.")
                        .timeout(TIMEOUT).handledBy(new TrainHandler(model)),
                JobType.named("predict", PredictInput.class, PredictResult.class)
                        .describedAs("Predicts the body mass of a penguin by the model that was trained last.")
                        .timeout(TIMEOUT).handledBy(new PredictHandler(model)));
    }
}
