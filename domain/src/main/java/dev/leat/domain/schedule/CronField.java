package dev.leat.domain.schedule;

import java.util.OptionalInt;

/**
 * The values of one field of a cron expression.
 *
 * @param values bit n stands for value n; Sunday for 0
 * @param isOpen whether the field is written with {@code *} or a step, and so names a rhythm and not times
 */
record CronField(long values, boolean isOpen) {

    private static final CronField NONE = new CronField(0, false);
    private static final long SUNDAY_AS_SEVEN = 1L << 7;

    static CronField parse(CronUnit unit, String text) {
        CronField field = NONE;
        for (String item : text.split(",", -1)) {
            field = field.with(unit, item);
        }
        return field;
    }

    static CronField none() {
        return NONE;
    }

    /** Its values and those of one item: {@code *}, {@code 5}, {@code 5-10}, each with or without a step. */
    CronField with(CronUnit unit, String item) {
        int slash = item.indexOf('/');
        String range = slash < 0 ? item : item.substring(0, slash);
        int step = slash < 0
                ? 1
                : unit.number(item.substring(slash + 1), 1, unit.most(), "a step from 1 to " + unit.most());
        long added = 0;
        int[] ends = ends(unit, range, slash >= 0);
        for (int value = ends[0]; value <= ends[1]; value += step) {
            added |= 1L << value;
        }
        if (unit == CronUnit.DAY_OF_WEEK && (added & SUNDAY_AS_SEVEN) != 0) {
            added = (added & ~SUNDAY_AS_SEVEN) | 1;
        }
        return new CronField(values | added, isOpen || slash >= 0 || range.equals("*"));
    }

    private static int[] ends(CronUnit unit, String range, boolean hasStep) {
        int last = unit == CronUnit.DAY_OF_WEEK ? unit.most() - 1 : unit.most();
        if (range.equals("*")) {
            return new int[]{unit.least(), last};
        }
        int dash = range.indexOf('-');
        if (dash < 0) {
            int only = unit.value(range);
            return new int[]{only, hasStep ? Math.max(only, last) : only};
        }
        int from = unit.value(range.substring(0, dash));
        int to = unit.value(range.substring(dash + 1));
        if (unit == CronUnit.DAY_OF_WEEK && to == 0 && from > 0) {
            to = unit.most();
        }
        if (from > to) {
            throw unit.wrong("a range from the lower value to the higher one", range);
        }
        return new int[]{from, to};
    }

    boolean contains(int value) {
        return (values & (1L << value)) != 0;
    }

    boolean isEmpty() {
        return values == 0;
    }

    /** The lowest value from this one on. */
    OptionalInt from(int value) {
        long rest = value > 63 ? 0 : values & (-1L << value);
        return rest == 0 ? OptionalInt.empty() : OptionalInt.of(Long.numberOfTrailingZeros(rest));
    }

    int first() {
        return Long.numberOfTrailingZeros(values);
    }
}
