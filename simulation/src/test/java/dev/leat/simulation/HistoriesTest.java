package dev.leat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.leat.simulation.world.Trace;

/** Leat keeps its guarantees in every history. A failure tells the shortest one that was found. */
class HistoriesTest {

    private static final int A_FEW = 400;
    private static final long MANY = 8_000;

    private static void assertKept(long firstSeed, long histories) {
        Search.Result result = Search.run(firstSeed, histories, Rules.OF_LEAT);

        result.broken().ifPresent(found -> {
            throw new AssertionError(
                    Story.of(Shrinker.shrink(found, Rules.OF_LEAT), found.seed(), Rules.OF_LEAT));
        });
        assertThat(result.histories()).isEqualTo(histories);
    }

    @Test
    void shouldKeepEveryGuaranteeInAFewHistories() {
        assertKept(1, A_FEW);
    }

    /** How many, and from which seed on, may be set: {@code -Dleat.simulation.histories}, {@code -Dleat.simulation.seed}. */
    @Test
    @Tag("simulation")
    void shouldKeepEveryGuaranteeInManyHistories() {
        long histories = Long.getLong("leat.simulation.histories", MANY);
        long seed = Long.getLong("leat.simulation.seed", 1_000_000);
        long begun = System.nanoTime();

        assertKept(seed, histories);

        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%d histories from seed %d on, %.0f a second%n", histories, seed, histories / seconds);
    }

    @Test
    void shouldTellTheSameHistoryForTheSameSeed() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(steps(seed)).isNotEmpty().isEqualTo(steps(seed));
        }
    }

    private static List<String> steps(long seed) {
        Trace.Kept trace = new Trace.Kept();
        List<String> steps = new ArrayList<>(
                Simulation.run(PlanDraw.of(seed), seed, Rules.OF_LEAT, trace).violations());
        steps.addAll(trace.steps());
        return steps;
    }
}
