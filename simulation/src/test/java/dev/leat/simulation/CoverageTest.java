package dev.leat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.JobState;
import dev.leat.domain.Origin;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.domain.schedule.Overlap;
import dev.leat.simulation.world.Trace;
import dev.leat.testkit.guarantees.History.RecordedFact;

/** A simulation in which nothing happens finds nothing: a few histories have everything in them that can happen. */
class CoverageTest {

    private static final int HISTORIES = 400;
    private static List<Outcome> outcomes = List.of();

    @BeforeAll
    static void runHistories() {
        outcomes = LongStream.range(0, HISTORIES)
                .parallel()
                .mapToObj(seed -> Simulation.run(PlanDraw.of(seed), seed, Rules.OF_LEAT, Trace.NONE))
                .toList();
    }

    @Test
    void shouldPlanEveryKindOfFaultAndBehaviour() {
        List<Plan> plans = LongStream.range(0, HISTORIES).mapToObj(PlanDraw::of).toList();

        assertThat(plans.stream().flatMap(plan -> plan.faults().stream()))
                .extracting(PlannedFault::kind)
                .contains(PlannedFault.Kind.values());
        assertThat(plans.stream().flatMap(plan -> plan.faults().stream()))
                .extracting(fault -> fault.when().moment())
                .contains(PlannedFault.Moment.values());
        assertThat(plans.stream().flatMap(plan -> plan.jobs().stream()).flatMap(job -> job.behaviours().stream()))
                .extracting(Behaviour::ending)
                .contains(Behaviour.Ending.values());
    }

    @Test
    void shouldSeeEveryKindOfFact() {
        Map<Class<?>, Integer> counts = new HashMap<>();
        outcomes.forEach(outcome -> outcome.history()
                .facts()
                .forEach(recorded -> counts.merge(recorded.fact().getClass(), 1, Integer::sum)));

        assertThat(counts.keySet()).containsAll(factsThatAreSimulated());
        assertThat(counts.get(Fact.ClaimDoubted.class)).as("doubted claims").isGreaterThan(5);
        assertThat(counts.get(Fact.LeaseExpired.class)).as("expired leases").isGreaterThan(20);
    }

    /** All but progress, checkpoints and log lines, which move no state. */
    private static List<Class<?>> factsThatAreSimulated() {
        return Stream.concat(
                Arrays.stream(Fact.class.getPermittedSubclasses()),
                Stream.concat(Arrays.stream(Fact.FactOfClaim.class.getPermittedSubclasses()),
                        Arrays.stream(Fact.EndOfAttempt.class.getPermittedSubclasses())))
                .filter(type -> !type.isInterface() && type != Fact.AttemptProgressed.class
                        && type != Fact.AttemptCheckpointed.class && type != Fact.AttemptLogged.class)
                .<Class<?>>map(type -> type)
                .toList();
    }

    @Test
    void shouldFireSchedulesOfEveryOverlapPolicy() {
        List<Plan> plans = LongStream.range(0, HISTORIES).mapToObj(PlanDraw::of).toList();
        assertThat(plans.stream().flatMap(plan -> plan.schedules().stream()))
                .extracting(schedule -> schedule.spec().overlap())
                .contains(Overlap.values());

        long due = outcomes.stream()
                .flatMap(outcome -> outcome.history().observed().due().values().stream())
                .mapToLong(Set::size)
                .sum();
        assertThat(due).as("due times that had to submit a job").isGreaterThan(200);
    }

    @Test
    void shouldRunBatchesOfEveryEnding() {
        Map<String, Integer> endings = new HashMap<>();
        outcomes.forEach(outcome -> outcome.history()
                .batches()
                .shown()
                .values()
                .forEach(shown -> shown.values()
                        .forEach(view -> endings.merge(view.status(), 1, Integer::sum))));
        assertThat(endings).containsKeys("completed", "failed", "cancelled", "rolled_back", "rollback_failed");

        Stream<Origin> origins = outcomes.stream()
                .flatMap(outcome -> outcome.history().batches().notices().stream())
                .map(JobNotice::origin);
        Map<Origin.Kind, Long> told = origins
                .collect(Collectors.groupingBy(Origin::kind, Collectors.counting()));
        assertThat(told.get(Origin.Kind.COMPENSATION)).as("operations taken back").isGreaterThan(30);
        assertThat(told.get(Origin.Kind.SUMMARY)).as("summaries").isGreaterThan(30);
        assertThat(outcomes).extracting(outcome -> outcome.history().batches().refused().size())
                .as("batches given up halfway")
                .contains(1);
    }

    @Test
    void shouldLimitAndPauseThePlugin() {
        Map<Class<?>, Long> said = outcomes.stream()
                .flatMap(outcome -> outcome.history().plugins().said().stream())
                .collect(Collectors.groupingBy(one -> one.setting().getClass(), Collectors.counting()));

        assertThat(said.get(PluginSetting.Limits.class)).isGreaterThan(30);
        assertThat(said.get(PluginSetting.Pause.class)).isGreaterThan(30);
    }

    @Test
    void shouldEndJobsInEveryWay() {
        Map<JobState, Integer> ends = new EnumMap<>(JobState.class);
        outcomes.forEach(outcome -> states(outcome).forEach(state -> ends.merge(state, 1, Integer::sum)));

        assertThat(ends.keySet())
                .containsAll(Arrays.stream(JobState.values()).filter(JobState::isTerminal).toList());
    }

    private static Stream<JobState> states(Outcome outcome) {
        Map<JobId, Job> jobs = new HashMap<>();
        for (RecordedFact recorded : outcome.history().facts()) {
            jobs.merge(recorded.job(), JobFold.apply(Job.unknown(recorded.job()), recorded.fact()),
                    (known, _) -> JobFold.apply(known, recorded.fact()));
        }
        return jobs.values().stream().map(Job::state);
    }

    @Test
    void shouldBeQuietSoonAfterAllFaultsHaveHealed() {
        assertThat(outcomes).extracting(Outcome::quietAt)
                .allSatisfy(quiet -> assertThat(quiet / 1e9).as("seconds until nothing moved").isLessThan(150));
    }
}
