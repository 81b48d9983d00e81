package dev.leat.testkit.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.leat.domain.ClaimId;
import dev.leat.domain.WorkerId;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.testkit.guarantees.PluginRecords.Beat;
import dev.leat.testkit.guarantees.PluginRecords.Said;
import dev.leat.testkit.guarantees.PluginRecords.Start;

/** Each guarantee about limits and pauses is shown a history that breaks it, beside one that keeps it. */
class PluginGuaranteesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String PLUGIN = "demo";
    private static final WorkerId ONE = new WorkerId("one");
    private static final WorkerId OTHER = new WorkerId("other");

    private static Instant at(double second) {
        return NOON.plusMillis(Math.round(second * 1_000));
    }

    private static Start start(WorkerId worker, double from, double until) {
        return new Start(PLUGIN, new ClaimId(worker + " from " + from), worker, at(from), Optional.of(at(until)));
    }

    private static List<Beat> beats(WorkerId worker, int from, int until) {
        List<Beat> beats = new ArrayList<>();
        for (int second = from; second <= until; second += 2) {
            beats.add(new Beat(worker, Duration.ofSeconds(10), at(second)));
        }
        return beats;
    }

    private static Said limits(int second, Optional<Integer> running, Optional<Double> pace) {
        return new Said(new PluginSetting.Limits(PLUGIN, running, pace, at(second)), at(second));
    }

    private static Said pause(int second, boolean paused) {
        return new Said(new PluginSetting.Pause(PLUGIN, paused, at(second)), at(second));
    }

    private static History history(List<Said> said, List<Beat> ofOther, Start... starts) {
        List<Beat> beats = new ArrayList<>(beats(ONE, 0, 100));
        beats.addAll(ofOther);
        return new History(Set.of(), List.of(), Map.of(), Observations.NONE, BatchRecords.NONE,
                new PluginRecords(said, beats, Arrays.asList(starts)));
    }

    private static List<String> limitOfOne(List<Beat> ofOther, Start... starts) {
        return new LimitKept().violations(
                history(List.of(limits(0, Optional.of(1), Optional.empty())), ofOther, starts));
    }

    @Test
    void shouldFindMoreJobsThatRunThanTheLimit() {
        List<Beat> calm = beats(OTHER, 0, 100);

        assertThat(limitOfOne(calm, start(ONE, 20, 30), start(OTHER, 30, 40))).isEmpty();
        assertThat(limitOfOne(calm, start(ONE, 20, 30), start(OTHER, 29, 40))).singleElement()
                .asString()
                .contains("at most 1", "one from 20.0", "other from 29.0");
    }

    @Test
    void shouldExcuseMoreJobsThanTheLimitWhileAWorkerComesOrIsGone() {
        assertThat(limitOfOne(beats(OTHER, 20, 100), start(ONE, 19, 40), start(OTHER, 21, 40)))
                .as("it has just come")
                .isEmpty();
        assertThat(limitOfOne(beats(OTHER, 0, 20), start(OTHER, 19, 90), start(ONE, 60, 90)))
                .as("it was taken for lost")
                .isEmpty();
        assertThat(limitOfOne(beats(OTHER, 20, 100), start(ONE, 19, 40), start(OTHER, 33, 40)))
                .as("it has been known for long")
                .hasSize(1);
    }

    @Test
    void shouldExcuseWhatRanAlreadyWhenLessWasAllowed() {
        List<Said> lowered = List.of(limits(0, Optional.of(2), Optional.empty()),
                limits(30, Optional.of(1), Optional.empty()));

        assertThat(new LimitKept().violations(history(lowered, List.of(), start(ONE, 20, 60), start(ONE, 21, 60),
                start(ONE, 45, 60)))).isEmpty();
        assertThat(new LimitKept().violations(history(lowered, List.of(), start(ONE, 45, 60), start(ONE, 46, 60))))
                .hasSize(1);
    }

    @Test
    void shouldFindMoreJobsThatStartThanThePaceAllows() {
        List<Said> pace = List.of(limits(0, Optional.empty(), Optional.of(1.0)));
        Start[] steady = new Start[30];
        Start[] hasty = new Start[30];
        for (int i = 0; i < steady.length; i++) {
            steady[i] = start(ONE, 20 + i, 21 + i);
            hasty[i] = start(ONE, 20 + i * 0.5, 21 + i * 0.5);
        }

        assertThat(new LimitKept().violations(history(pace, List.of(), steady))).isEmpty();
        assertThat(new LimitKept().violations(history(pace, List.of(), hasty))).singleElement()
                .asString()
                .contains("at most 1.0 jobs");
    }

    @Test
    void shouldFindAJobThatIsTakenLongAfterAPause() {
        List<Said> said = List.of(pause(0, true), pause(30, false));

        assertThat(new PausedStartsNothing().violations(history(said, List.of(), start(ONE, 5, 20),
                start(ONE, 31, 40)))).isEmpty();
        assertThat(new PausedStartsNothing().violations(history(said, List.of(), start(ONE, 11, 20)))).singleElement()
                .asString()
                .contains("as it was paused", "one took one");
    }
}
