package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contract catches each of the {@link BrokenHandlers} by the checks that are about its mistake, and by no other. */
@Isolated("Runs tests that look at the threads of the whole JVM")
class JobHandlerContractTest {

    private static final int CHECKS = 16;

    @AfterAll
    static void release() {
        BrokenHandlers.RELEASED.countDown();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(BrokenHandlers.IgnoresTheInterrupt.class,
                        "to end within PT0.5S after it was told to stop, but it still runs",
                        "shouldStopWhenCancelledInMidRun", "shouldStopWhenCancelledAtOnce",
                        "shouldLeaveNoThreadBehindWhenCancelled", "shouldStartOverAfterACancelledAttempt"),
                mistake(BrokenHandlers.TakesCancellationForSuccess.class,
                        "Expected a cancelled attempt to end as cancelled or by an exception, but got SUCCEEDED",
                        "shouldStopWhenCancelledInMidRun", "shouldStopWhenCancelledAtOnce"),
                mistake(BrokenHandlers.ReturnsNull.class, "Expected the handler to return an outcome with Work[",
                        "shouldEndByAnOutcome"),
                mistake(BrokenHandlers.ThrowsTheExpected.class, "IllegalArgumentException: nothing to say",
                        "shouldEndByAnOutcome"),
                mistake(BrokenHandlers.NeverEndsWithoutWords.class,
                        "Expected the handler to end in time with Work[words=[], pauseMillis=0]",
                        "shouldEndByAnOutcome"),
                mistake(BrokenHandlers.GivesWhatCannotBeWritten.class,
                        "Expected a result that can be written as JSON", "shouldGiveAResultAsItsSchemaSays"),
                mistake(BrokenHandlers.GivesWhatItsSchemaForbids.class, "/words Expected at least 0, but got -1",
                        "shouldGiveAResultAsItsSchemaSays"),
                mistake(BrokenHandlers.ReportsTooMuch.class, "Expected progress from 0 to a total of 2, but got 3",
                        "shouldSayOnlyWhatItsContextTakes"),
                mistake(BrokenHandlers.LeavesTooMuch.class,
                        "Expected a checkpoint of at most 65536 bytes, but got 65537",
                        "shouldSayOnlyWhatItsContextTakes"),
                mistake(BrokenHandlers.LogsMoreThanIsKept.class, "[a message of 2001 characters is cut: xxx",
                        "shouldLogLinesThatAreKept"),
                mistake(BrokenHandlers.LogsMoreOftenThanIsKept.class,
                        "a job keeps 500 lines of together 100000 characters, but there are 501 of 501",
                        "shouldLogLinesThatAreKept"),
                mistake(BrokenHandlers.LogsNothing.class, "[a line says nothing]", "shouldLogLinesThatAreKept"),
                mistake(BrokenHandlers.StumblesOverItsCheckpoint.class,
                        "Expected an attempt that goes on from a checkpoint to end well, but with Work[",
                        "shouldResumeFromEachCheckpoint"),
                mistake(BrokenHandlers.ForgetsWhatItHadSaid.class,
                        "Expected an attempt that goes on from a checkpoint to end well, but with Work[",
                        "shouldResumeFromEachCheckpoint"),
                mistake(BrokenHandlers.RepeatsAKey.class,
                        "two different jobs have the key 'word', so the second one, tested:say with {\"words\":[\"two\"]",
                        "shouldEnqueueEachJobOnce"),
                mistake(BrokenHandlers.AsksForWhatDependsOnTheAttempt.class,
                        "another attempt asks with another key, 'word-2', so that the job is submitted once more",
                        "shouldEnqueueEachJobOnce"),
                mistake(BrokenHandlers.AsksForWhatNobodyRuns.class,
                        "nobody can run JobRequest[tested:sing, key sing]: the plugin has no such job type, but [say]",
                        "shouldEnqueueEachJobOnce"),
                mistake(BrokenHandlers.AsksWithParamsThatAreRefused.class,
                        "nobody can run JobRequest[tested:say, key say]: Expected params that fit tested:say",
                        "shouldEnqueueEachJobOnce"),
                mistake(BrokenHandlers.LeavesAPlatformThread.class, "['left-behind'] live on",
                        "shouldLeaveNoThreadBehind", "shouldLeaveNoThreadBehindWhenCancelled"),
                mistake(BrokenHandlers.LeavesAVirtualThread.class, "['left-behind'] live on",
                        "shouldLeaveNoThreadBehind", "shouldLeaveNoThreadBehindWhenCancelled"),
                mistake(BrokenHandlers.LeavesAThreadWhenCancelled.class, "['left-behind'] live on",
                        "shouldLeaveNoThreadBehindWhenCancelled"),
                mistake(BrokenHandlers.SharesItsText.class, "Expected attempts side by side to end like one alone",
                        "shouldRunSideBySideAsAlone"),
                mistake(BrokenHandlers.KeepsItsLockWhenCancelled.class,
                        "Expected the attempt after a cancelled one to end like one without",
                        "shouldStartOverAfterACancelledAttempt"),
                mistake(BrokenHandlers.InterruptsItself.class,
                        "Expected nobody to interrupt an attempt that nobody stops",
                        "shouldLeaveItsThreadUninterrupted"),
                mistake(BrokenHandlers.TakesWhatItShouldRefuse.class,
                        "Expected params to be refused, but a job ran with {\"words\": [\"\"]}",
                        "shouldRefuseInvalidInput"),
                mistake(BrokenHandlers.IsQuickerThanItsLongInput.class,
                        "Expected longInput() to keep the handler busy until it is cancelled, but got SUCCEEDED",
                        "shouldStopWhenCancelledInMidRun", "shouldStopWhenCancelledAtOnce",
                        "shouldLeaveNoThreadBehindWhenCancelled",
                        "shouldStartOverAfterACancelledAttempt"),
                mistake(BrokenHandlers.DoesNotSayWhatItIs.class, "but there is none of [unknown]",
                        "shouldBeDescribed"));
    }

    private static Arguments mistake(Class<?> handler, String message, String... checks) {
        return arguments(handler, message, List.of(checks));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldCatchByTheChecksThatAreAboutTheMistake(Class<?> handler, String message, List<String> checks) {
        Map<String, String> failures = failures(run(handler));

        assertThat(failures.keySet()).containsExactlyInAnyOrderElementsOf(checks);
        assertThat(failures.get(checks.getFirst())).contains(message);
    }

    @Test
    void shouldLetAHandlerWithoutMistakePass() {
        Events tests = run(BrokenHandlers.NoMistake.class);

        tests.assertStatistics(statistics -> statistics.started(CHECKS).succeeded(CHECKS));
    }

    @Test
    void shouldLetAHandlerPassThatGoesOnFromItsCheckpointsAndAsksForJobs() {
        run(BrokenHandlers.NoMistakeInAllThatIsThere.class)
                .assertStatistics(statistics -> statistics.started(CHECKS).succeeded(CHECKS));
    }

    @Test
    void shouldLetAHandlerPassWhoseResultHoldsTheJobsId() {
        run(BrokenHandlers.NoMistakeInAResultWithTheJobsId.class)
                .assertStatistics(statistics -> statistics.started(CHECKS).succeeded(CHECKS));
    }

    @Test
    void shouldLetThreadsLiveOnThatMay() {
        assertThat(failures(run(BrokenHandlers.LeavesAThreadThatItMay.class))).isEmpty();
    }

    @Test
    void shouldSkipChecksThatTakeALongInputWhereThereIsNone() {
        run(BrokenHandlers.DoesNotSayWhatItIs.class).assertStatistics(statistics -> statistics.aborted(2));
    }

    @Test
    void shouldSayWhyAWorkerRefusesAJobType() {
        assertThat(failures(run(BrokenHandlers.IsRefused.class))).hasSize(CHECKS - 2).hasEntrySatisfying(
                "shouldBeAcceptedByAWorker",
                message -> assertThat(message).startsWith("Expected a job type that a worker accepts, but:")
                        .contains("WrongDefault.number: Expected at least 0, but got -1"));
    }

    private static Events run(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter").selectors(selectClass(contract)).execute().testEvents();
    }

    /** What the checks that failed say, by their names. */
    private static Map<String, String> failures(Events tests) {
        Map<String, String> messages = new TreeMap<>();
        tests.failed().stream().forEach(failed -> messages.put(check(failed), message(failed)));
        return messages;
    }

    private static String check(Event event) {
        return event.getTestDescriptor().getSource()
                .map(org.junit.platform.engine.support.descriptor.MethodSource.class::cast).orElseThrow()
                .getMethodName();
    }

    private static String message(Event event) {
        Throwable thrown = event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
        return Objects.requireNonNull(thrown.getMessage());
    }
}
