package dev.leat.domain.history;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How often which durations came, in classes that grow with the durations: below 16 ms each millisecond has its own, and
 * then each doubling has eight. So a duration is known within 7 % of itself, up to {@link #LONGEST}, and longer ones count
 * as that. It holds counts from the shortest class to the longest one that came, at most 240 of them. For one thread.
 */
public final class LogHistogram {

    /** The longest duration that is told from longer ones. */
    static final Duration LONGEST = Duration.ofMillis((1L << 32) - 1);

    private static final int PER_DOUBLING = 8;
    /** Of those numbers that fill the first doubling: four binary digits say which class of a doubling it is. */
    private static final int LEADING_ZEROS = Long.numberOfLeadingZeros(2 * PER_DOUBLING - 1);

    /** The class of the first count. */
    private int first;
    private int[] counts;

    /** An empty one. */
    public LogHistogram() {
        this(0, new int[0]);
    }

    private LogHistogram(int first, int[] counts) {
        this.first = first;
        this.counts = counts;
    }

    /** The one with these counts, from the class {@code first} on. */
    public static LogHistogram of(int first, int[] counts) {
        return new LogHistogram(first, counts.clone());
    }

    /** The class of the first of the {@link #counts}. */
    public int first() {
        return first;
    }

    /** How often each class came, from {@link #first} on. */
    public int[] counts() {
        return counts.clone();
    }

    /** Counts the duration so often more; what was counted can be taken back. */
    public void add(Duration duration, int times) {
        add(classOf(duration), times);
    }

    /** Adds all that another one has counted. */
    public void add(LogHistogram other) {
        for (int i = 0; i < other.counts.length; i++) {
            if (other.counts[i] != 0) {
                add(other.first + i, other.counts[i]);
            }
        }
    }

    private void add(int which, int times) {
        if (counts.length == 0) {
            first = which;
            counts = new int[1];
        } else if (which < first) {
            int[] longer = new int[counts.length + first - which];
            System.arraycopy(counts, 0, longer, first - which, counts.length);
            counts = longer;
            first = which;
        } else if (which - first >= counts.length) {
            counts = Arrays.copyOf(counts, which - first + 1);
        }
        counts[which - first] += times;
    }

    /** How many durations came. */
    public long total() {
        return Arrays.stream(counts).asLongStream().map(count -> Math.max(0, count)).sum();
    }

    /**
     * The duration that so large a part of all is not longer than; empty where none came.
     *
     * @param part over 0, at most 1: 0.5 for the median
     */
    public Optional<Duration> percentile(double part) {
        long rank = Math.max(1, (long) Math.ceil(part * total()));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += Math.max(0, counts[i]);
            if (seen >= rank) {
                return Optional.of(Duration.ofMillis(middleOf(first + i)));
            }
        }
        return Optional.empty();
    }

    private static int classOf(Duration duration) {
        Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
        long millis = Math.max(0, bounded.toMillis());
        int shift = Math.max(0, LEADING_ZEROS - Long.numberOfLeadingZeros(millis));
        return shift * PER_DOUBLING + (int) (millis >>> shift);
    }

    private static long middleOf(int which) {
        int shift = Math.max(0, which / PER_DOUBLING - 1);
        long least = (long) (which - shift * PER_DOUBLING) << shift;
        return least + (1L << shift) / 2;
    }
}
