package dev.leat.plugins.learn;

import dev.leat.plugin.test.JobHandlerContract;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.PluginTester;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** Each handler keeps the contract of handlers. Neither can be kept busy: the data is what comes with the plugin. */
class LearnContractTest {

    private static final TrainInput BY_FLIPPERS = new TrainInput(Set.of(Predictor.FLIPPER_LENGTH_MM), 2);

    @Nested
    class Train extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            return JobHandlerTester.of(new LearnPlugin()).type("train");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(BY_FLIPPERS, new TrainInput(Set.of(Predictor.values()), 20),
                    new TrainInput(Set.of(Predictor.SEX), 0));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{\"folds\": -1}", "{\"folds\": 1}", "{\"folds\": 21}", "{\"predictors\": []}",
                    "{\"predictors\": [\"BODY_MASS_G\"]}");
        }
    }

    @Nested
    class Predict extends JobHandlerContract {
        @Override
        protected JobHandlerTester tester() {
            PluginTester learn = JobHandlerTester.of(new LearnPlugin());
            var _ = learn.type("train").run(BY_FLIPPERS).result(TrainResult.class);
            return learn.type("predict");
        }

        @Override
        protected List<? extends Record> validInputs() {
            return List.of(
                    new PredictInput(Optional.of(Species.GENTOO), Optional.of(Island.BISCOE), OptionalDouble.of(47.5),
                            OptionalDouble.of(15), OptionalDouble.of(217), Optional.of(Sex.FEMALE),
                            OptionalInt.of(2008), 0.95),
                    new PredictInput(Optional.of(Species.GENTOO), Optional.empty(), OptionalDouble.empty(),
                            OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), OptionalInt.empty(),
                            0.5));
        }

        @Override
        protected List<String> invalidInputs() {
            return List.of("{\"probability\": 0.4}", "{\"probability\": 1}", "{\"species\": \"EMPEROR\"}",
                    "{\"sex\": \"\"}", "{\"year\": 2008.5}");
        }
    }
}
