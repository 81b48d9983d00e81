package dev.leat.runtime.http;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;

/** What a type of ours is called in front of callers, who know JSON and not Java. */
final class ExpectedForm {

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class, short.class,
            Short.class, byte.class, Byte.class, BigInteger.class);
    private static final Set<Class<?>> NUMBERS = Set.of(double.class, Double.class, float.class, Float.class,
            BigDecimal.class, Number.class);
    private static final Map<Class<?>, String> NAMED = Map.of(String.class, "a text", boolean.class, "true or false",
            Boolean.class, "true or false", UUID.class, "a UUID", JobId.class, "a job id", JobTypeName.class,
            "a job type such as plugin:name", Instant.class, "a time such as 2026-01-31T12:00:00Z", Duration.class,
            "a duration such as PT10S", URI.class, "a URL");

    private ExpectedForm() {}

    static String of(Class<?> type) {
        if (NAMED.containsKey(type)) {
            return NAMED.getOrDefault(type, "");
        }
        if (WHOLE.contains(type)) {
            return "a whole number";
        }
        if (NUMBERS.contains(type)) {
            return "a number";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }
}
