package dev.leat.runtime.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.leat.runtime.text.NearestNames;

/**
 * Reads settings from a file, the environment and explicit overrides, each stronger than the one before it, and
 * reports everything that is wrong in all of them at once. For one thread, used once.
 *
 * <p>A key that no option has stops start-up with the nearest name that exists: a typo must not become a default.
 */
public final class SettingsLoader {
    private static final String ENVIRONMENT_PREFIX = "LEAT_";
    /** What Kubernetes and Docker put into the environment for a service called {@code leat…}. */
    private static final Pattern SERVICE_LINK = Pattern
            .compile("LEAT_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
    private static final Pattern SERVICE_LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    private final OptionCatalog catalog;
    private final List<String> errors = new ArrayList<>();
    private final Map<String, Given> defaults = new TreeMap<>();
    private final Map<String, Given> file = new TreeMap<>();
    private final Map<String, Given> environment = new TreeMap<>();
    private final Map<String, Given> overrides = new TreeMap<>();

    /** A text and where it came from, for messages. */
    private record Given(String text, String origin) {}

    public SettingsLoader(OptionCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * What a form of start puts in the place of options' own defaults, by key. Weaker than every other source, and such
     * an option does not count as set by somebody.
     *
     * @throws IllegalArgumentException for a key that is no option: that is a fault of the caller, not of the user
     */
    public SettingsLoader defaults(Map<String, String> values) {
        values.keySet()
                .stream()
                .filter(key -> catalog.option(key).isEmpty())
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException("Expected the key of an option, but got " + key);
                });
        values.forEach((key, value) -> defaults.put(key, new Given(value, "by default")));
        return this;
    }

    /** A properties file in UTF-8. Every key in it has to be an option. */
    public SettingsLoader file(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            errors.add("Expected a readable properties file in UTF-8, but " + path + " gave " + e);
        }
        properties.stringPropertyNames()
                .forEach(key -> file.put(key, new Given(properties.getProperty(key), "in " + path)));
        checkKeys(file);
        return this;
    }

    /**
     * The variables that begin with {@code LEAT_}; one that is empty counts as not set, as compose files and shells
     * cannot say it otherwise. What Kubernetes adds for a service of that name is left out.
     *
     * @param others names that begin so and are not options
     */
    public SettingsLoader environment(Map<String, String> variables, String... others) {
        Map<String, String> optionKeys = new HashMap<>();
        catalog.options().forEach(option -> optionKeys.put(option.environmentName(), option.key()));
        Set<String> ignored = Set.of(others);
        new TreeMap<>(variables).forEach((name, value) -> {
            if (!name.startsWith(ENVIRONMENT_PREFIX) || value.isEmpty() || ignored.contains(name)
                    || isServiceLink(name, value)) {
                return;
            }
            String key = Optional.ofNullable(optionKeys.get(name)).orElseGet(() -> keyOf(name));
            Given given = new Given(value, "in the environment variable " + name);
            if (optionKeys.containsKey(name) || catalog.prefix(key).isPresent()) {
                environment.put(key, given);
                checkRefused(key, given);
            } else {
                Set<String> known = new HashSet<>(optionKeys.keySet());
                known.addAll(ignored);
                errors.add("Expected only environment variables that are options to begin with LEAT_, but found " + name
                        + NearestNames.suggestion(name, known));
            }
        });
        return this;
    }

    /** What was said explicitly, such as by flags of the command line; by key. */
    public SettingsLoader overrides(Map<String, String> values) {
        values.forEach((key, value) -> overrides.put(key, new Given(value, "on the command line")));
        checkKeys(overrides);
        return this;
    }

    /**
     * The settings, if all of it is right.
     *
     * @throws SettingsException with every error of every source
     */
    public Settings load() {
        Map<String, Given> given = new LinkedHashMap<>(file);
        given.putAll(environment);
        given.putAll(overrides);
        Map<Option<?>, Object> values = new HashMap<>();
        Set<Option<?>> explicit = new HashSet<>();
        for (Option<?> option : catalog.options()) {
            Optional<Given> set = Optional.ofNullable(given.get(option.key()));
            set.ifPresent(_ -> explicit.add(option));
            read(option, set.or(() -> Optional.ofNullable(defaults.get(option.key()))))
                    .ifPresent(value -> values.put(option, value));
        }
        if (!errors.isEmpty()) {
            throw new SettingsException(errors);
        }
        Map<String, String> passedOn = new HashMap<>();
        given.forEach((key, value) -> catalog.prefix(key).ifPresent(_ -> passedOn.put(key, value.text())));
        return new Settings(catalog, values, explicit, passedOn);
    }

    private Optional<Object> read(Option<?> option, Optional<Given> given) {
        try {
            return Optional.of(option.read(given.map(Given::text)));
        } catch (IllegalArgumentException e) {
            String found = option.secret()
                    ? "something else"
                    : given.map(set -> '"' + Settings.withoutUserInfo(set.text()) + '"').orElse("nothing");
            errors.add("Expected " + option.key() + " to be " + e.getMessage() + ", but was " + found
                    + given.map(set -> " " + set.origin()).orElse(""));
            return Optional.empty();
        }
    }

    private void checkKeys(Map<String, Given> source) {
        source.forEach((key, given) -> {
            if (catalog.option(key).isEmpty() && catalog.prefix(key).isEmpty()) {
                errors.add("Expected an option of Leat, but found " + key + " " + given.origin()
                        + NearestNames.suggestion(key, catalog.keys()));
            }
            checkRefused(key, given);
        });
    }

    private void checkRefused(String key, Given given) {
        catalog.prefix(key)
                .flatMap(prefix -> Optional.ofNullable(prefix.refused().get(prefix.property(key))))
                .ifPresent(reason -> errors
                        .add("Expected " + key + " not to be set, as it " + reason + ", but found it "
                                + given.origin()));
    }

    private static String keyOf(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches()
                || (name.endsWith("_PORT") && SERVICE_LINK_VALUE.matcher(value).matches());
    }
}
