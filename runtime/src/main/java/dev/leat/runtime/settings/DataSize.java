package dev.leat.runtime.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes. Written as {@code 512B}, {@code 64kB}, {@code 1MB} or {@code 2GB}; a kB has 1024 bytes. */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*(B|kB|KB|KiB|MB|MiB|GB|GiB)");

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("Expected a size of at least 0 bytes, but was " + bytes);
        }
    }

    public static DataSize ofKilobytes(long kilobytes) {
        return new DataSize(Math.multiplyExact(kilobytes, 1L << 10));
    }

    public static DataSize ofMegabytes(long megabytes) {
        return new DataSize(Math.multiplyExact(megabytes, 1L << 20));
    }

    /** Reads the form that {@link #toString} writes. */
    public static DataSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a size such as 512B, 64kB, 1MB or 2GB");
        }
        try {
            return new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2))));
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException("a size of less than 8388608 TB");
        }
    }

    private static long unit(String name) {
        return switch (name.charAt(0)) {
            case 'k', 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 1;
        };
    }

    /** The size as an {@code int}; fails where it does not fit. */
    public int toIntBytes() {
        return Math.toIntExact(bytes);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** In the largest unit that gives a whole number. */
    @Override
    public String toString() {
        for (String name : new String[]{"GB", "MB", "kB"}) {
            if (bytes > 0 && bytes % unit(name) == 0) {
                return String.format(Locale.ROOT, "%d%s", bytes / unit(name), name);
            }
        }
        return bytes + "B";
    }
}
