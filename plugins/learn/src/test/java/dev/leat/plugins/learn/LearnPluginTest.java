package dev.leat.plugins.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import dev.leat.plugins.learn.RecordingContext.Report;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LearnPluginTest {

    private static final Set<Predictor> FLIPPERS = Set.of(Predictor.FLIPPER_LENGTH_MM);

    private final InMemoryState state = new InMemoryState();
    private final SharedModel model = new SharedModel();

    @Test
    void shouldBeFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).singleElement().satisfies(plugin -> {
            assertThat(plugin.id()).isEqualTo("learn");
            assertThat(plugin.jobTypes()).extracting(JobType::name).containsExactly("train", "predict");
            assertThat(plugin.jobTypes()).extracting(JobType::description).doesNotContain("");
        });
    }

    @Test
    void shouldReportEachPhase() throws Exception {
        RecordingContext context = new RecordingContext(state);

        TrainResult result = succeeded(new TrainHandler(model).run(new TrainInput(FLIPPERS, 2), context));

        assertThat(context.reports()).containsExactly(new Report(16, "read 344 penguins"),
                new Report(33, "encoded 342 rows, dropped 2"),
                new Report(50, "fitted body_mass_g ~ flipper_length_mm, R2 0.7590"),
                new Report(66, "cross-validated fold 1 of 2"), new Report(83, "cross-validated fold 2 of 2"),
                new Report(100, "published model " + RecordingContext.JOB));
        assertThat(result.formula()).isEqualTo("body_mass_g ~ flipper_length_mm");
        assertThat(result.rows()).isEqualTo(342);
        assertThat(result.droppedRows()).isEqualTo(2);
        assertThat(result.r2()).isCloseTo(0.759, within(0.0005));
        assertThat(result.modelVersion()).isEqualTo(RecordingContext.JOB.toString());
    }

    @Test
    void shouldBeFurtherOffForPenguinsThatItHasNotSeen() throws Exception {
        TrainResult result = succeeded(
                new TrainHandler(model).run(new TrainInput(Set.of(Predictor.values()), 10),
                        new RecordingContext(state)));

        assertThat(result.crossValidatedError().orElseThrow()).isGreaterThan(result.residualStandardError())
                .isLessThan(1.1 * result.residualStandardError());
    }

    @Test
    void shouldTrainWithoutCrossValidation() throws Exception {
        TrainResult result = succeeded(
                new TrainHandler(model).run(new TrainInput(FLIPPERS, 0), new RecordingContext(state)));

        assertThat(result.crossValidatedError()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new TrainInput(FLIPPERS, 1))
                .withMessage("Expected 0 folds, or at least 2, but got 1");
    }

    @Test
    void shouldPublishNothingWhenItIsCancelled() {
        for (int reports = 1; reports <= 5; reports++) {
            RecordingContext context = new RecordingContext(state, reports);

            assertThatExceptionOfType(JobCancelledException.class)
                    .isThrownBy(() -> new TrainHandler(model).run(new TrainInput(FLIPPERS, 2), context));
            assertThat(context.reports()).hasSize(reports);
        }
        assertThat(model.in(state)).isEmpty();
    }

    @Test
    void shouldPredictByTheModelThatWasTrainedLast() throws Exception {
        train(Set.of(Predictor.SPECIES, Predictor.SEX));
        train(FLIPPERS);

        PredictResult result = succeeded(
                new PredictHandler(model).run(penguin(OptionalDouble.of(200)), new RecordingContext(state)));

        // 49.68557 * 200 - 5780.83136, see PublishedModelsTest.
        assertThat(result.bodyMassGrams()).isCloseTo(4156.28, within(0.01));
        assertThat(result.interval().low()).isBetween(3370.0, 3390.0);
        assertThat(result.interval().high()).isBetween(4920.0, 4940.0);
        assertThat(result.modelVersion()).isEqualTo(RecordingContext.JOB.toString());
    }

    @Test
    void shouldReplaceTheModelInAllWorkers() throws Exception {
        SharedModel ofAnotherWorker = new SharedModel();
        assertThat(ofAnotherWorker.in(state)).isEmpty();

        train(FLIPPERS);
        assertThat(ofAnotherWorker.in(state)).isEqualTo(model.in(state)).hasValueSatisfying(trained -> {
            assertThat(trained.version()).isEqualTo(RecordingContext.JOB.toString());
            assertThat(trained.trainedAt()).isEqualTo(RecordingContext.NOW);
            assertThat(trained.model().formula()).isEqualTo(Formula.of(FLIPPERS));
        });

        train(Set.of(Predictor.SEX));
        assertThat(ofAnotherWorker.in(state)).hasValueSatisfying(
                trained -> assertThat(trained.model().formula()).isEqualTo(Formula.of(Set.of(Predictor.SEX))));
    }

    @Test
    void shouldReadAModelOnceForManyPredictions() throws Exception {
        train(FLIPPERS);
        int readsBefore = state.reads();

        for (int length = 180; length < 200; length++) {
            assertThat(new PredictHandler(model).run(penguin(OptionalDouble.of(length)), new RecordingContext(state)))
                    .isInstanceOf(JobOutcome.Succeeded.class);
        }

        assertThat(state.reads() - readsBefore).isEqualTo(1);
    }

    @Test
    void shouldSayThatThereIsNoModel() {
        assertThat(new PredictHandler(model).run(penguin(OptionalDouble.of(200)), new RecordingContext(state)))
                .isEqualTo(JobOutcome
                        .notRetryable("Expected a model, but none has been trained: submit a learn:train first"));
    }

    @Test
    void shouldSayWhatTheModelMisses() throws Exception {
        train(Set.of(Predictor.FLIPPER_LENGTH_MM, Predictor.SPECIES, Predictor.YEAR));

        assertThat(new PredictHandler(model).run(penguin(OptionalDouble.of(200)), new RecordingContext(state)))
                .isEqualTo(JobOutcome.notRetryable(
                        "Expected all that the model body_mass_g ~ flipper_length_mm + species + year (version %s) asks for, but [SPECIES, YEAR] is missing"
                                .formatted(RecordingContext.JOB)));
    }

    private void train(Set<Predictor> predictors) throws Exception {
        assertThat(new TrainHandler(model).run(new TrainInput(predictors, 0), new RecordingContext(state)))
                .isInstanceOf(JobOutcome.Succeeded.class);
    }

    private static PredictInput penguin(OptionalDouble flipperLength) {
        return new PredictInput(Optional.empty(), Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(),
                flipperLength, Optional.empty(), OptionalInt.empty(), 0.95);
    }

    private static <R> R succeeded(JobOutcome<R> outcome) {
        if (outcome instanceof JobOutcome.Succeeded<R>(R result)) {
            return result;
        }
        throw new AssertionError("Expected a job that succeeds, but got " + outcome);
    }
}
