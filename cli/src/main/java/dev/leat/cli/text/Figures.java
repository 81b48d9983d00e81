package dev.leat.cli.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and sizes as people read them. */
public final class Figures {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB"};

    private Figures() {}

    /** Such as {@code 9,592}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as {@code 67%}; rounded down, so that only what is done is shown as 100%. */
    public static String percent(double percent) {
        return (int) percent + "%";
    }

    /** Such as {@code 1.2 MB}, in steps of 1000. */
    public static String size(long bytes) {
        double left = bytes;
        int step = 0;
        while (left >= 1000 && step < SIZES.length - 1) {
            left /= 1000;
            step++;
        }
        return (step == 0 ? String.valueOf(bytes) : String.format(Locale.ROOT, "%.1f", left)) + " " + SIZES[step];
    }

    /** Such as {@code 250 ms}, {@code 3.1 s}, {@code 42 s}, {@code 2 min 05 s}, {@code 1 h 03 min}, {@code 3 d 4 h}. */
    public static String duration(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 10_000) {
            return BigDecimal.valueOf(millis, 3).setScale(1, RoundingMode.DOWN) + " s";
        }
        return wholeSeconds(millis / 1000);
    }

    private static String wholeSeconds(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return "%d min %02d s".formatted(seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return "%d h %02d min".formatted(seconds / 3600, seconds % 3600 / 60);
        }
        return "%d d %d h".formatted(seconds / 86_400, seconds % 86_400 / 3600);
    }

    /** Such as {@code about 12 s}; no finer than seconds, as nobody can know better. */
    public static String estimate(Duration left) {
        return left.toMillis() < 1000 ? "about 1 s" : "about " + wholeSeconds(left.plusMillis(500).toSeconds());
    }

    /** Such as {@code 3 min 12 s ago}, or {@code in 5.0 s}; {@code now} within half a second. */
    public static String ago(Instant then, Instant now) {
        Duration since = Duration.between(then, now);
        if (since.abs().toMillis() < 500) {
            return "now";
        }
        return since.isNegative() ? "in " + duration(since.negated()) : duration(since) + " ago";
    }

    /** On the user's clock, to the second. */
    public static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }
}
