package dev.leat.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

import dev.leat.domain.JobId;
import dev.leat.domain.projection.DueAction;

class DueStoreTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final KeyValueStore<Bytes, byte[]> bytes = Stores
            .keyValueStoreBuilder(Stores.inMemoryKeyValueStore("due"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    DueStoreTest() {
        bytes.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), bytes);
    }

    private static DueEntry entry(long millis) {
        return new DueEntry(START.plusMillis(millis), new JobId(new UUID(millis, 1)), new DueAction.Release());
    }

    @Provide
    Arbitrary<DueEntry> entries() {
        Arbitrary<DueAction> actions = Arbitraries.oneOf(
                Arbitraries.of(new DueAction.Release(), new DueAction.Expire(), new DueAction.TimeOut(),
                        new DueAction.Disown(), new DueAction.Purge()),
                Arbitraries.integers().greaterOrEqual(1).map(DueAction.Retry::new));
        Arbitrary<Instant> times = Arbitraries.longs()
                .between(0, Instant.parse("9999-01-01T00:00:00Z").toEpochMilli())
                .map(Instant::ofEpochMilli);
        Arbitrary<JobId> jobs = Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> new JobId(new UUID(high, low)));
        return Combinators.combine(times, jobs, actions).as(DueEntry::new);
    }

    @Property
    void shouldReadWhatItWrites(@ForAll("entries") DueEntry entry) {
        assertThat(DueEntry.parse(entry.toKey())).contains(entry);
    }

    @Property
    void shouldSortAsBytesByTime(@ForAll("entries") DueEntry one, @ForAll("entries") DueEntry other) {
        int times = one.at().compareTo(other.at());
        if (times != 0) {
            assertThat(Integer.signum(one.toKey().compareTo(other.toKey()))).isEqualTo(Integer.signum(times));
        }
        assertThat(one.toKey().compareTo(DueEntry.endOf(one.at()))).isNegative();
        assertThat(one.toKey().compareTo(DueEntry.endOf(one.at().minusMillis(1)))).isPositive();
    }

    /** Entries come, time goes by, some are taken: in whatever order, each is taken once, never early, and none is left. */
    @Property
    void shouldGiveEveryEntryOnceAndNotBeforeItsTime(@ForAll @Size(max = 60) List<@IntRange(max = 100) Integer> steps,
            @ForAll @IntRange(min = 1, max = 4) int most) {
        DueStore due = new DueStore(bytes);
        List<DueEntry> waiting = new ArrayList<>();
        Instant now = START.plusMillis(50);
        int count = 0;
        for (int step : steps) {
            if (step % 3 == 0) {
                now = now.plusMillis(step / 10);
                take(due, now, most, waiting);
            } else {
                DueEntry entry = new DueEntry(START.plusMillis(step), new JobId(new UUID(0, count++)),
                        new DueAction.Retry(1));
                due.schedule(entry);
                waiting.add(entry);
            }
            assertThat(due.next().isPresent()).isEqualTo(!waiting.isEmpty());
            waiting.stream().map(DueEntry::at).min(Comparator.naturalOrder())
                    .ifPresent(first -> assertThat(due.next().orElseThrow()).isBeforeOrEqualTo(first));
        }
        while (!waiting.isEmpty()) {
            take(due, START.plusSeconds(1), most, waiting);
        }
        assertThat(due.take(START.plusSeconds(1), most)).isEmpty();
    }

    private static void take(DueStore due, Instant now, int most, List<DueEntry> waiting) {
        List<DueEntry> taken = due.take(now, most);
        List<DueEntry> expected = waiting.stream()
                .filter(entry -> !entry.at().isAfter(now))
                .sorted(Comparator.comparing(DueEntry::toKey))
                .limit(most)
                .toList();
        assertThat(taken).isEqualTo(expected);
        waiting.removeAll(taken);
    }

    @Example
    void shouldNotBeDueBeforeItsTime() {
        DueStore due = new DueStore(bytes);
        due.schedule(new DueEntry(START.plusNanos(1), new JobId(new UUID(0, 1)), new DueAction.Purge()));

        assertThat(due.take(START, 10)).isEmpty();
        assertThat(due.take(START.plusMillis(1), 10)).hasSize(1);
    }

    @Example
    void shouldFindWhatAnEarlierTaskLeft() {
        DueStore earlier = new DueStore(bytes);
        earlier.schedule(entry(5));
        earlier.schedule(entry(500));
        assertThat(earlier.take(START.plusMillis(100), 10)).containsExactly(entry(5));
        earlier.schedule(entry(7));

        DueStore later = new DueStore(bytes);

        assertThat(later.next()).contains(START.plusMillis(7));
        assertThat(later.take(START.plus(Duration.ofSeconds(1)), 10)).containsExactly(entry(7), entry(500));
    }

    @Example
    void shouldLeaveWhatOnlyANewerVersionUnderstands() {
        byte[] unknown = entry(1).toKey().get().clone();
        unknown[24] = 99;
        bytes.put(Bytes.wrap(unknown), new byte[]{1});
        bytes.put(Bytes.wrap(new byte[]{0, 0}), new byte[]{1});
        DueStore due = new DueStore(bytes);
        due.schedule(entry(2));

        assertThat(due.take(START.plusSeconds(1), 10)).containsExactly(entry(2));
        assertThat(due.next()).isEmpty();
        assertThat(bytes.get(Bytes.wrap(unknown))).isNotNull();
    }
}
