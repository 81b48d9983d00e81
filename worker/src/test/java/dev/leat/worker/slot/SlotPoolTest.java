package dev.leat.worker.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class SlotPoolTest {

    private final AtomicInteger releases = new AtomicInteger();

    @Test
    void shouldReserveNoMoreThanThereAre() {
        SlotPool pool = pool(2, Map.of());

        Optional<SlotPool.Slot> first = pool.tryReserve("a");
        Optional<SlotPool.Slot> second = pool.tryReserve("b");

        assertThat(first).isPresent();
        assertThat(second).isPresent();
        assertThat(pool.tryReserve("a")).isEmpty();
        assertThat(pool.free()).isZero();
    }

    @Test
    void shouldKeepPluginToItsLimit() {
        SlotPool pool = pool(3, Map.of("a", 1));

        assertThat(pool.tryReserve("a")).isPresent();

        assertThat(pool.hasFreeFor("a")).isFalse();
        assertThat(pool.tryReserve("a")).isEmpty();
        assertThat(pool.hasFreeFor("b")).isTrue();
        assertThat(pool.tryReserve("b")).isPresent();
    }

    @Test
    void shouldTellOfEachRelease() {
        SlotPool pool = pool(1, Map.of());
        SlotPool.Slot slot = pool.tryReserve("a").orElseThrow();

        slot.release();

        assertThat(releases).hasValue(1);
        assertThat(pool.tryReserve("a")).isPresent();
    }

    @Test
    void shouldRefuseSecondRelease() {
        SlotPool pool = pool(2, Map.of());
        SlotPool.Slot slot = pool.tryReserve("a").orElseThrow();
        slot.release();

        assertThatIllegalStateException().isThrownBy(slot::release).withMessageContaining("released twice");
        assertThat(pool.free()).isEqualTo(2);
    }

    @Test
    void shouldRefusePoolOrLimitWithoutSlots() {
        assertThatIllegalArgumentException().isThrownBy(() -> pool(0, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> pool(1, Map.of("a", 0))).withMessageContaining("a");
    }

    @Test
    void shouldNeverExceedAnyBoundWhileManyThreadsReserveAndRelease() throws InterruptedException {
        SlotPool pool = pool(5, Map.of("a", 2));
        AtomicInteger all = new AtomicInteger();
        AtomicInteger ofA = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger mostOfA = new AtomicInteger();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Random random = new Random(seed + i);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 5_000; round++) {
                    String plugin = random.nextBoolean() ? "a" : "b";
                    pool.tryReserve(plugin).ifPresent(slot -> {
                        most.accumulateAndGet(all.incrementAndGet(), Math::max);
                        if (plugin.equals("a")) {
                            mostOfA.accumulateAndGet(ofA.incrementAndGet(), Math::max);
                            ofA.decrementAndGet();
                        }
                        all.decrementAndGet();
                        slot.release();
                    });
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most.get()).isBetween(1, 5);
        assertThat(mostOfA.get()).isBetween(1, 2);
        assertThat(pool.free()).isEqualTo(5);
    }

    @Test
    void shouldKeepSlotsForPluginsThatHaveNone() {
        SlotPool pool = new SlotPool(3, 1, releases::incrementAndGet);
        pool.limit(Map.of(), true);
        assertThat(pool.tryReserve("flood")).isPresent();
        assertThat(pool.tryReserve("flood")).isPresent();

        assertThat(pool.tryReserve("flood")).as("the slot that is kept").isEmpty();
        assertThat(pool.tryReserve("quiet")).isPresent();
        assertThat(pool.hasFreeFor("third")).isFalse();
    }

    @Test
    void shouldGiveAllSlotsToTheOnlyPlugin() {
        SlotPool pool = new SlotPool(2, 1, releases::incrementAndGet);
        pool.limit(Map.of(), false);

        assertThat(pool.tryReserve("only")).isPresent();
        assertThat(pool.tryReserve("only")).isPresent();
    }

    private SlotPool pool(int capacity, Map<String, Integer> limits) {
        SlotPool pool = new SlotPool(capacity, 0, releases::incrementAndGet);
        pool.limit(limits, true);
        return pool;
    }
}
