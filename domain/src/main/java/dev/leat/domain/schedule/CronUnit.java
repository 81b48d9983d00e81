package dev.leat.domain.schedule;

import java.util.List;
import java.util.Locale;

import dev.leat.domain.Excerpt;

/** What a field of a cron expression counts, and how its values are written. */
enum CronUnit {
    SECOND("second", 0, 59, List.of()),
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of the month", 1, 31, List.of()),
    MONTH("month", 1, 12,
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    /** Sunday is 0 and 7, as in Unix; Quartz counts from 1, which is one more reason to write names. */
    DAY_OF_WEEK("day of the week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private final String text;
    private final int least;
    private final int most;
    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of, which nobody can change.
    private final List<String> names;

    CronUnit(String text, int least, int most, List<String> names) {
        this.text = text;
        this.least = least;
        this.most = most;
        this.names = names;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    /** The number that a text stands for, by its digits or its name in English. */
    int value(String written) {
        int name = names.indexOf(written.toUpperCase(Locale.ROOT));
        return name >= 0 ? name + least : number(written, least, most, describe());
    }

    /** A whole number of one or two digits; the text may come from anybody. */
    int number(String written, int from, int to, String expected) {
        boolean digits = !written.isEmpty() && written.length() <= 2
                && written.chars().allMatch(character -> character >= '0' && character <= '9');
        int value = digits ? Integer.parseInt(written) : Integer.MIN_VALUE;
        if (value < from || value > to) {
            throw wrong(expected, written);
        }
        return value;
    }

    CronSyntaxException wrong(String expected, String written) {
        return new CronSyntaxException(
                "Expected in the field for the " + text + " " + expected + ", but got '" + Excerpt.of(written) + "'");
    }

    private String describe() {
        return least + " to " + most + (names.isEmpty() ? "" : " or " + names.getFirst() + " to " + names.getLast());
    }
}
