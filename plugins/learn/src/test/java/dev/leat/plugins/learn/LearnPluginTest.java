package dev.leat.plugins.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.leat.plugin.JobCancelledException;
import dev.leat.plugin.JobOutcome;
import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import dev.leat.plugin.test.InMemoryPluginState;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.ProgressReport;
import dev.leat.plugin.test.SettableClock;
import dev.leat.plugin.test.TestedAttempt;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LearnPluginTest {

    private static final Set<Predictor> FLIPPERS = Set.of(Predictor.FLIPPER_LENGTH_MM);
    private static final UUID JOB = new UUID(0, 1);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final InMemoryPluginState state = new InMemoryPluginState();
    private final SharedModel model = new SharedModel();
    private final JobHandlerTester train = JobHandlerTester
            .of(JobType.named("train", TrainInput.class, TrainResult.class).handledBy(new TrainHandler(model)))
            .jobId(JOB).clock(SettableClock.at(NOW)).withState(state);
    private final JobHandlerTester predict = JobHandlerTester
            .of(JobType.named("predict", PredictInput.class, PredictResult.class).handledBy(new PredictHandler(model)))
            .withState(state);

    @Test
    void shouldBeFoundByServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).singleElement().satisfies(plugin -> {
            assertThat(plugin.id()).isEqualTo("learn");
            assertThat(plugin.jobTypes()).extracting(JobType::name).containsExactly("train", "predict");
            assertThat(plugin.jobTypes()).extracting(JobType::description).doesNotContain("");
        });
    }

    @Test
    void shouldReportEachPhase() {
        TestedAttempt attempt = train.run(new TrainInput(FLIPPERS, 2));

        TrainResult result = attempt.result(TrainResult.class);
        assertThat(attempt.progress()).containsExactly(new ProgressReport(16, "read 344 penguins"),
                new ProgressReport(33, "encoded 342 rows, dropped 2"),
                new ProgressReport(50, "fitted body_mass_g ~ flipper_length_mm, R2 0.7590"),
                new ProgressReport(66, "cross-validated fold 1 of 2"),
                new ProgressReport(83, "cross-validated fold 2 of 2"),
                new ProgressReport(100, "published model " + JOB));
        assertThat(result.formula()).isEqualTo("body_mass_g ~ flipper_length_mm");
        assertThat(result.rows()).isEqualTo(342);
        assertThat(result.droppedRows()).isEqualTo(2);
        assertThat(result.r2()).isCloseTo(0.759, within(0.0005));
        assertThat(result.modelVersion()).isEqualTo(JOB.toString());
    }

    @Test
    void shouldBeFurtherOffForPenguinsThatItHasNotSeen() {
        TrainResult result = train.run(new TrainInput(Set.of(Predictor.values()), 10)).result(TrainResult.class);

        assertThat(result.crossValidatedError().orElseThrow()).isGreaterThan(result.residualStandardError())
                .isLessThan(1.1 * result.residualStandardError());
    }

    @Test
    void shouldTrainWithoutCrossValidation() {
        TrainResult result = train.run(new TrainInput(FLIPPERS, 0)).result(TrainResult.class);

        assertThat(result.crossValidatedError()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new TrainInput(FLIPPERS, 1))
                .withMessage("Expected 0 folds, or at least 2, but got 1");
    }

    @Test
    void shouldPublishNothingWhenItIsCancelled() {
        for (int reports = 1; reports <= 5; reports++) {
            TestedAttempt attempt = train.cancelAfterProgress(reports).withoutInterrupt()
                    .run(new TrainInput(FLIPPERS, 2));

            assertThat(attempt.thrown()).containsInstanceOf(JobCancelledException.class);
            assertThat(attempt.progress()).hasSize(reports);
        }
        assertThat(model.in(state)).isEmpty();
    }

    @Test
    void shouldPredictByTheModelThatWasTrainedLast() {
        train(Set.of(Predictor.SPECIES, Predictor.SEX));
        train(FLIPPERS);

        PredictResult result = predict.run(penguin(OptionalDouble.of(200))).result(PredictResult.class);

        // 49.68557 * 200 - 5780.83136, see PublishedModelsTest.
        assertThat(result.bodyMassGrams()).isCloseTo(4156.28, within(0.01));
        assertThat(result.interval().low()).isBetween(3370.0, 3390.0);
        assertThat(result.interval().high()).isBetween(4920.0, 4940.0);
        assertThat(result.modelVersion()).isEqualTo(JOB.toString());
    }

    @Test
    void shouldReplaceTheModelInAllWorkers() {
        SharedModel ofAnotherWorker = new SharedModel();
        assertThat(ofAnotherWorker.in(state)).isEmpty();

        train(FLIPPERS);
        assertThat(ofAnotherWorker.in(state)).isEqualTo(model.in(state)).hasValueSatisfying(trained -> {
            assertThat(trained.version()).isEqualTo(JOB.toString());
            assertThat(trained.trainedAt()).isEqualTo(NOW);
            assertThat(trained.model().formula()).isEqualTo(Formula.of(FLIPPERS));
        });

        train(Set.of(Predictor.SEX));
        assertThat(ofAnotherWorker.in(state)).hasValueSatisfying(
                trained -> assertThat(trained.model().formula()).isEqualTo(Formula.of(Set.of(Predictor.SEX))));
    }

    @Test
    void shouldReadAModelOnceForManyPredictions() {
        train(FLIPPERS);
        CountedReads counted = new CountedReads(state);

        for (int length = 180; length < 200; length++) {
            assertThat(predict.withState(counted).run(penguin(OptionalDouble.of(length))).outcome())
                    .isInstanceOf(JobOutcome.Succeeded.class);
        }

        assertThat(counted.reads()).isEqualTo(1);
    }

    @Test
    void shouldSayThatThereIsNoModel() {
        assertThat(predict.run(penguin(OptionalDouble.of(200))).outcome())
                .isEqualTo(JobOutcome
                        .notRetryable("Expected a model, but none has been trained: submit a learn:train first"));
    }

    @Test
    void shouldSayWhatTheModelMisses() {
        train(Set.of(Predictor.FLIPPER_LENGTH_MM, Predictor.SPECIES, Predictor.YEAR));

        assertThat(predict.run(penguin(OptionalDouble.of(200))).outcome())
                .isEqualTo(JobOutcome.notRetryable(
                        "Expected all that the model body_mass_g ~ flipper_length_mm + species + year (version %s) asks for, but [SPECIES, YEAR] is missing"
                                .formatted(JOB)));
    }

    private void train(Set<Predictor> predictors) {
        assertThat(train.run(new TrainInput(predictors, 0)).outcome()).isInstanceOf(JobOutcome.Succeeded.class);
    }

    private static PredictInput penguin(OptionalDouble flipperLength) {
        return new PredictInput(Optional.empty(), Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(),
                flipperLength, Optional.empty(), OptionalInt.empty(), 0.95);
    }
}
