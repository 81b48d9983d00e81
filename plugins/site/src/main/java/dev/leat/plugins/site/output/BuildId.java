package dev.leat.plugins.site.output;

import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a build, such as {@code 12-3f0c…}.
 *
 * @param number builds of one output are counted; a later one has a higher number
 * @param job who made it
 */
public record BuildId(long number, UUID job) implements Comparable<BuildId> {

    private static final Pattern FORM = Pattern
            .compile("([1-9][0-9]{0,17})-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    /** The build of this name, if it is one. */
    public static Optional<BuildId> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches()
                ? Optional.of(new BuildId(Long.parseLong(matcher.group(1)), UUID.fromString(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(BuildId other) {
        return Comparator.comparingLong(BuildId::number).thenComparing(BuildId::job).compare(this, other);
    }

    @Override
    public String toString() {
        return number + "-" + job;
    }
}
