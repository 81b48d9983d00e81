package dev.leat.worker.plugin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.plugin.Identifier;
import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Turns plugins into hosted ones, and collects everything that is wrong with any of them, so that one start shows all
 * of it. For one use on one thread.
 */
final class PluginCheck {

    private final ParamsValidator validator;
    private final PluginRealm realm;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> classesById = new HashMap<>();

    PluginCheck(PluginRealm realm, ParamsValidator validator) {
        this.realm = realm;
        this.validator = validator;
    }

    void problem(String problem) {
        problems.add(problem);
    }

    /** What was wrong so far. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The plugin as hosted; empty if something is wrong with it. */
    Optional<HostedPlugin> host(Plugin plugin) {
        int before = problems.size();
        try {
            HostedPlugin hosted = realm.call(() -> checked(plugin));
            return problems.size() == before ? Optional.of(hosted) : Optional.empty();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            problem("Expected %s to describe its job types, but it threw %s".formatted(plugin.getClass().getName(),
                    e));
            return Optional.empty();
        }
    }

    private HostedPlugin checked(Plugin plugin) {
        String name = plugin.getClass().getName();
        String id = plugin.id();
        if (!Identifier.isValid(id)) {
            problem("Expected the id of %s to be 1 to %d lower-case letters, digits and dashes, but it is '%s'"
                    .formatted(name, Identifier.MAX_LENGTH, id));
        }
        String other = classesById.putIfAbsent(id, name);
        if (other != null) {
            problem("Expected plugins of different ids, but %s and %s are both '%s'".formatted(other, name, id));
        }
        OptionalInt slots = plugin.slots();
        if (slots.isPresent() && slots.getAsInt() < 1) {
            problem("Expected plugin '%s' to take at least 1 slot, but it says %d".formatted(id, slots.getAsInt()));
        }
        return new HostedPlugin(id, slots, hosted(id, plugin.jobTypes()), plugin, realm);
    }

    private List<HostedJobType> hosted(String id, List<JobType<?, ?>> types) {
        if (types.isEmpty()) {
            problem("Expected plugin '%s' to have job types, but it has none".formatted(id));
        }
        Set<String> names = new HashSet<>();
        List<HostedJobType> hosted = new ArrayList<>();
        for (JobType<?, ?> type : types) {
            if (!names.add(type.name())) {
                problem("Expected job types of different names in plugin '%s', but there are two of '%s'"
                        .formatted(id, type.name()));
            }
            hosted(id, type).ifPresent(hosted::add);
        }
        types.forEach(type -> type.compensation()
                .filter(undo -> !names.contains(undo))
                .ifPresent(undo -> problem(
                        "Expected plugin '%s' to have the job type '%s' that takes back jobs of '%s', but"
                                .formatted(id, undo, type.name()) + " it has none of that name")));
        return hosted;
    }

    private Optional<HostedJobType> hosted(String id, JobType<?, ?> type) {
        List<String> found = new ArrayList<>(InputShape.problems(type.input()));
        if (found.isEmpty()) {
            for (Class<? extends Record> record : InputShape.records(type.input())) {
                found.addAll(wrongDefaults(record));
            }
        }
        wrongPolicy(type).ifPresent(found::add);
        found.forEach(problem -> problem("%s:%s: %s".formatted(id, type.name(), problem)));
        return found.isEmpty() && problems.isEmpty()
                ? Optional.of(HostedJobType.of(id, type, realm, validator))
                : Optional.empty();
    }

    /** A plugin may be built against another version of the plugin API, and without checks for null. */
    private static Optional<String> wrongPolicy(JobType<?, ?> type) {
        try {
            var _ = HostedJobType.policy(type.policy());
            return Optional.empty();
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.of("Expected a policy that can be kept, but got %s: %s".formatted(type.policy(),
                    e.getMessage()));
        }
    }

    /** Defaults that do not meet the constraints of their own components. */
    private List<String> wrongDefaults(Class<? extends Record> record) {
        ObjectNode defaults = JsonNodeFactory.instance.objectNode();
        InputComponent.of(record)
                .forEach(component -> component.defaultValue()
                        .ifPresent(value -> defaults.set(component.name(), value)));
        ObjectNode schema = RecordSchema.ofInput(record);
        schema.remove("required");
        return validator.validate(schema.toString(), defaults.toString()).stream()
                .map(error -> "Expected defaults that meet the constraints, but in " + wording(record, error)).toList();
    }

    private static String wording(Class<?> record, FieldError error) {
        return "%s%s: %s".formatted(record.getSimpleName(), error.pointer().replace('/', '.'), error.message());
    }
}
