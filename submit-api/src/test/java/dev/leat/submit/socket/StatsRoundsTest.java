package dev.leat.submit.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.leat.submit.ApiProblems;

class StatsRoundsTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean nobody = new AtomicBoolean();
    private final List<Map<String, Object>> told = new CopyOnWriteArrayList<>();
    private final StatsRounds rounds = new StatsRounds(Duration.ofMillis(5), this::stats, told::add);

    @AfterEach
    void stop() {
        rounds.close();
    }

    @Test
    void shouldTellOfCountsOnlyWhereTheyHaveChanged() {
        // given
        rounds.run(nobody::get);
        await().until(() -> asked.get() > 3);

        // when
        count.set(7);

        // then
        await().until(() -> told.size() > 1);
        int then = asked.get();
        await().until(() -> asked.get() > then + 3);
        assertThat(told).containsExactly(Map.of("completed", 0), Map.of("completed", 7));
    }

    @Test
    void shouldAskOnlyWhileSomebodyIsThere() {
        // given
        rounds.run(nobody::get);
        await().until(() -> asked.get() > 0);

        // when
        nobody.set(true);

        // then
        await().during(Duration.ofMillis(100)).until(asked::get, new Unchanged()::matches);

        // when
        nobody.set(false);
        int then = asked.get();
        rounds.run(nobody::get);

        // then
        await().until(() -> asked.get() > then);
    }

    @Test
    void shouldGoOnAfterAProblem() {
        // given
        count.set(-1);
        rounds.run(nobody::get);
        await().until(() -> asked.get() > 2);

        // when
        count.set(1);

        // then
        await().until(() -> told.equals(List.of(Map.of("completed", 1))));
    }

    private Map<String, Object> stats() {
        asked.incrementAndGet();
        if (count.get() < 0) {
            throw ApiProblems.statusUnavailable(Duration.ofSeconds(1));
        }
        return Map.of("completed", count.get());
    }

    /** Matches a number that is the same as the last time. */
    private static final class Unchanged {

        private int last = -1;

        boolean matches(int now) {
            boolean same = now == last;
            last = now;
            return same;
        }
    }
}
