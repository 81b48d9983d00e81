package dev.leat.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

class LaneScheduleTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static Map<Lane, Integer> taken(LaneSchedule schedule, Map<Lane, Instant> waitingSince, int rounds) {
        Map<Lane, Integer> taken = new EnumMap<>(Lane.class);
        for (int i = 0; i < rounds; i++) {
            taken.merge(schedule.next(waitingSince, NOW).orElseThrow(), 1, Integer::sum);
        }
        return taken;
    }

    @Test
    void shouldTake16To4To1WhileAllLanesAreFull() {
        Map<Lane, Instant> fresh = Map.of(Lane.HIGH, NOW, Lane.NORMAL, NOW, Lane.LOW, NOW);

        assertThat(taken(new LaneSchedule(LaneSchedule.Policy.WEIGHTED), fresh, 210))
                .containsExactlyInAnyOrderEntriesOf(Map.of(Lane.HIGH, 160, Lane.NORMAL, 40, Lane.LOW, 10));
    }

    @Test
    void shouldCountACommandThatHasWaitedAsMoreUrgent() {
        Map<Lane, Instant> lowIsOld = Map.of(Lane.HIGH, NOW, Lane.LOW,
                NOW.minus(LaneSchedule.AGING_STEP.multipliedBy(2)));

        assertThat(taken(new LaneSchedule(LaneSchedule.Policy.WEIGHTED), lowIsOld, 100))
                .containsExactlyInAnyOrderEntriesOf(Map.of(Lane.HIGH, 50, Lane.LOW, 50));
    }

    @Test
    void shouldTakeTheOnlyLaneThatHasWork() {
        assertThat(taken(new LaneSchedule(LaneSchedule.Policy.WEIGHTED), Map.of(Lane.LOW, NOW), 5))
                .containsExactly(Map.entry(Lane.LOW, 5));
        assertThat(new LaneSchedule(LaneSchedule.Policy.WEIGHTED).next(Map.of(), NOW)).isEmpty();
    }

    @Test
    void shouldStayWithTheMostUrgentLaneWhenStrict() {
        Map<Lane, Instant> all = Map.of(Lane.HIGH, NOW, Lane.NORMAL, Instant.EPOCH, Lane.LOW, Instant.EPOCH);

        assertThat(taken(new LaneSchedule(LaneSchedule.Policy.STRICT), all, 50))
                .containsExactly(Map.entry(Lane.HIGH, 50));
    }

    @Test
    void shouldBearClocksThatDisagree() {
        assertThat(new LaneSchedule(LaneSchedule.Policy.WEIGHTED)
                .next(Map.of(Lane.LOW, Instant.MAX, Lane.HIGH, Instant.MIN), NOW)).contains(Lane.HIGH);
    }
}
