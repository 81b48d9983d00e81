package dev.leat.worker.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;

class StateEntriesTest {

    private static final String KEY = "k";

    private final StateEntries entries = new StateEntries();

    private static Optional<byte[]> bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Optional.of(bytes);
    }

    private Optional<Byte> first() {
        return entries.find(KEY).flatMap(StateEntries.Entry::value).map(value -> value[0]);
    }

    @Test
    void shouldHaveTheLatestValueThatWasRead() {
        entries.read(KEY, bytes(1), 3);
        entries.read(KEY, bytes(2), 5);

        assertThat(first()).contains((byte) 2);
        assertThat(entries.find(KEY)).map(StateEntries.Entry::version).contains(5L);
    }

    @Test
    void shouldNotGoBackToWhatStoodBeforeItsOwnChange() {
        entries.wrote(KEY, bytes(2), 5);
        entries.read(KEY, bytes(1), 4);

        assertThat(first()).contains((byte) 2);
    }

    @Test
    void shouldNotBringBackKeyThatItHasTakenAway() {
        entries.wrote(KEY, Optional.empty(), 5);
        entries.read(KEY, bytes(1), 4);
        assertThat(first()).isEmpty();

        entries.read(KEY, Optional.empty(), 5);
        entries.read(KEY, bytes(3), 6);

        assertThat(first()).contains((byte) 3);
    }

    @Test
    void shouldCountKeysAndBytes() {
        entries.read("a", bytes(1, 2, 3), 1);
        entries.read("b", bytes(1), 2);
        entries.read("a", bytes(1, 2), 3);
        entries.read("c", bytes(1), 4);
        entries.read("c", Optional.empty(), 5);
        entries.read("unknown", Optional.empty(), 6);

        assertThat(entries.keysWith("a")).isEqualTo(2);
        assertThat(entries.keysWith("c")).isEqualTo(3);
        assertThat(entries.bytesWith("a", 10)).isEqualTo(11);
        assertThat(entries.bytesWith("c", 10)).isEqualTo(13);
    }

    /** Changes of one key by this worker and others; what is read comes in the log's order, its own changes earlier. */
    @Test
    void shouldEndAsTheLogDoesHoweverOwnChangesAndReadingInterleave() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int history = 0; history < 500; history++) {
            StateEntries tested = new StateEntries();
            List<Optional<byte[]>> log = new ArrayList<>();
            int read = 0;
            long newest = -1;
            for (int step = 0; step < 30; step++) {
                if (random.nextBoolean() && read < log.size()) {
                    tested.read(KEY, log.get(read), read);
                    newest = Math.max(newest, read++);
                } else {
                    log.add(random.nextInt(3) == 0 ? Optional.empty() : bytes(step));
                    if (random.nextBoolean()) {
                        newest = log.size() - 1L;
                        tested.wrote(KEY, log.getLast(), newest);
                    }
                }
                Optional<byte[]> expected = newest < 0 ? Optional.empty() : log.get((int) newest);
                assertThat(tested.find(KEY).flatMap(StateEntries.Entry::value)).isEqualTo(expected);
                assertThat(tested.keysWith("other")).isEqualTo(expected.isPresent() ? 2 : 1);
            }
        }
    }
}
