package dev.leat.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as people write it: {@code 500ms}, {@code 30s}, {@code 1h30m}, {@code 2d}; or ISO 8601, {@code PT30S}. */
final class HumaneDuration implements ITypeConverter<Duration> {

    private static final Pattern PARTS = Pattern
            .compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    @Override
    public Duration convert(String text) {
        Matcher parts = PARTS.matcher(text.toLowerCase(Locale.ROOT).replace(" ", ""));
        if (!text.isBlank() && parts.matches()) {
            return Duration.ofDays(part(parts, 1)).plusHours(part(parts, 2)).plusMinutes(part(parts, 3))
                    .plusSeconds(part(parts, 4)).plusMillis(part(parts, 5));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException none) {
            throw new TypeConversionException(
                    "Expected a duration such as 500ms, 30s, 1h30m or PT30S, but got '" + text + "'");
        }
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
