package dev.leat.domain.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The days of a cron expression. Where both fields for days say something, a day counts that either names, as POSIX has
 * it.
 */
final class CronDays {

    /** The calendar repeats itself after so many years. */
    private static final int CYCLE = 400;
    private static final int MOST_BEFORE_LAST = 30;

    private final CronField months;
    private final Optional<Predicate<LocalDate>> ofMonth;
    private final Optional<Predicate<LocalDate>> ofWeek;

    CronDays(String dayOfMonth, String month, String dayOfWeek) {
        this.months = CronField.parse(CronUnit.MONTH, month);
        this.ofMonth = isAny(dayOfMonth) ? Optional.empty() : Optional.of(ofMonth(dayOfMonth));
        this.ofWeek = isAny(dayOfWeek) ? Optional.empty() : Optional.of(ofWeek(dayOfWeek));
    }

    private static boolean isAny(String text) {
        return text.equals("*") || text.equals("?");
    }

    private static Predicate<LocalDate> ofMonth(String text) {
        List<Predicate<LocalDate>> rules = new ArrayList<>();
        CronField plain = CronField.none();
        for (String item : text.split(",", -1)) {
            String upper = item.toUpperCase(Locale.ROOT);
            if (upper.equals("L") || upper.equals("LW")) {
                rules.add(upper.equals("L")
                        ? date -> date.getDayOfMonth() == date.lengthOfMonth()
                        : date -> date.equals(nearestWeekday(YearMonth.from(date), date.lengthOfMonth())));
            } else if (upper.startsWith("L-")) {
                int before = CronUnit.DAY_OF_MONTH.number(upper.substring(2), 1, MOST_BEFORE_LAST,
                        "L- with 1 to " + MOST_BEFORE_LAST + " days before the last one");
                rules.add(date -> date.getDayOfMonth() == date.lengthOfMonth() - before);
            } else if (upper.endsWith("W")) {
                int day = CronUnit.DAY_OF_MONTH.value(upper.substring(0, upper.length() - 1));
                rules.add(date -> day <= date.lengthOfMonth()
                        && date.equals(nearestWeekday(YearMonth.from(date), day)));
            } else {
                plain = plain.with(CronUnit.DAY_OF_MONTH, item);
            }
        }
        CronField days = plain;
        rules.add(date -> days.contains(date.getDayOfMonth()));
        return any(rules);
    }

    /** Monday to Friday, in the same month. */
    private static LocalDate nearestWeekday(YearMonth month, int day) {
        LocalDate date = month.atDay(day);
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> day == 1 ? date.plusDays(2) : date.minusDays(1);
            case SUNDAY -> day == month.lengthOfMonth() ? date.minusDays(2) : date.plusDays(1);
            default -> date;
        };
    }

    private static Predicate<LocalDate> ofWeek(String text) {
        List<Predicate<LocalDate>> rules = new ArrayList<>();
        CronField plain = CronField.none();
        for (String item : text.split(",", -1)) {
            int hash = item.indexOf('#');
            boolean last = item.length() > 1 && item.toUpperCase(Locale.ROOT).endsWith("L");
            if (hash >= 0) {
                DayOfWeek day = day(item.substring(0, hash));
                int which = CronUnit.DAY_OF_WEEK.number(item.substring(hash + 1), 1, 5,
                        "after # which one of the month, 1 to 5");
                rules.add(date -> date.getDayOfWeek() == day && (date.getDayOfMonth() + 6) / 7 == which);
            } else if (last) {
                DayOfWeek day = day(item.substring(0, item.length() - 1));
                rules.add(date -> date.getDayOfWeek() == day && date.getDayOfMonth() > date.lengthOfMonth() - 7);
            } else {
                plain = plain.with(CronUnit.DAY_OF_WEEK, item);
            }
        }
        CronField days = plain;
        rules.add(date -> days.contains(date.getDayOfWeek().getValue() % 7));
        return any(rules);
    }

    private static DayOfWeek day(String text) {
        int value = CronUnit.DAY_OF_WEEK.value(text);
        return DayOfWeek.of(value == 0 ? 7 : value);
    }

    private static Predicate<LocalDate> any(List<Predicate<LocalDate>> rules) {
        return date -> rules.stream().anyMatch(rule -> rule.test(date));
    }

    boolean contains(LocalDate date) {
        return months.contains(date.getMonthValue()) && isNamed(date);
    }

    private boolean isNamed(LocalDate date) {
        if (ofMonth.isEmpty() && ofWeek.isEmpty()) {
            return true;
        }
        return ofMonth.filter(rule -> rule.test(date)).isPresent()
                || ofWeek.filter(rule -> rule.test(date)).isPresent();
    }

    /** The first of them from this one on; empty where there is none in the whole calendar. */
    Optional<LocalDate> from(LocalDate first) {
        LocalDate date = first;
        LocalDate end = first.plusYears(CYCLE);
        while (date.isBefore(end)) {
            if (!months.contains(date.getMonthValue())) {
                date = date.withDayOfMonth(1).plusMonths(1);
            } else if (isNamed(date)) {
                return Optional.of(date);
            } else {
                date = date.plusDays(1);
            }
        }
        return Optional.empty();
    }
}
