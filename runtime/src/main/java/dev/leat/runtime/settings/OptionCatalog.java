package dev.leat.runtime.settings;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All options that a process knows, in the order of their declaration. Keys are unique. */
public final class OptionCatalog {
    private final List<Group> groups;
    private final Map<String, Option<?>> byKey = new LinkedHashMap<>();
    private final List<PrefixOption> prefixes;

    /** The options of one class. */
    record Group(String title, List<Option<?>> options, List<PrefixOption> prefixes) {}

    private OptionCatalog(List<Group> groups) {
        this.groups = groups;
        this.prefixes = groups.stream().flatMap(group -> group.prefixes().stream()).toList();
        groups.stream().flatMap(group -> group.options().stream()).forEach(option -> {
            if (byKey.put(option.key(), option) != null) {
                throw new IllegalArgumentException("Expected one option " + option.key() + ", but there are two");
            }
        });
    }

    /** The options of classes marked with {@link OptionGroup}; these and the fields that declare options are public. */
    public static OptionCatalog of(Class<?>... classes) {
        return new OptionCatalog(Arrays.stream(classes).map(OptionCatalog::group).toList());
    }

    private static Group group(Class<?> declaring) {
        OptionGroup annotation = declaring.getAnnotation(OptionGroup.class);
        if (annotation == null) {
            throw new IllegalArgumentException("Expected @OptionGroup on " + declaring.getName());
        }
        List<Option<?>> options = new ArrayList<>();
        List<PrefixOption> prefixes = new ArrayList<>();
        for (Field field : declaring.getDeclaredFields()) {
            switch (value(field).orElse("")) {
                case Option<?> option -> options.add(option);
                case PrefixOption prefix -> prefixes.add(prefix);
                default -> {
                    // Another constant.
                }
            }
        }
        return new Group(annotation.value(), List.copyOf(options), List.copyOf(prefixes));
    }

    private static Optional<Object> value(Field field) {
        if (!Modifier.isStatic(field.getModifiers()) || !Modifier.isPublic(field.getModifiers())) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("Expected " + field + " to be public, in a public class", e);
        }
    }

    /** The keys of all options that have a name of their own, in the order of their declaration. */
    public Set<String> keys() {
        return Set.copyOf(byKey.keySet());
    }

    List<Group> groups() {
        return groups;
    }

    List<Option<?>> options() {
        return List.copyOf(byKey.values());
    }

    Optional<Option<?>> option(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The family of a key that is not an option of its own. */
    Optional<PrefixOption> prefix(String key) {
        return byKey.containsKey(key)
                ? Optional.empty()
                : prefixes.stream().filter(prefix -> prefix.covers(key)).findFirst();
    }

    boolean contains(PrefixOption prefix) {
        return prefixes.contains(prefix);
    }
}
