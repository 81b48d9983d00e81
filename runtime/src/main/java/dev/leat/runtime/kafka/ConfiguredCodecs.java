package dev.leat.runtime.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

import dev.leat.runtime.settings.Option;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.runtime.settings.SettingsException;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/**
 * Makes the codecs of a process with the serializer and deserializer that its settings name. The classes get Confluent's
 * property names, so that Confluent's own fit as well.
 */
public final class ConfiguredCodecs {

    private static final String REGISTRY = "schema.registry.";

    private ConfiguredCodecs() {}

    /**
     * Makes the codecs; thread-safe where the classes are, and Leat's own are. Asks nobody.
     *
     * @param patience how long one encoding or decoding may wait for a registry that is away, where
     *        {@code leat.schema.registry.retry.timeout.ms} is not set
     * @throws SettingsException where a class cannot be used
     */
    public static Codecs of(Settings settings, Topics topics, Duration patience) {
        List<String> errors = new ArrayList<>();
        Map<String, Object> properties = properties(settings, patience);
        Optional<Serializer<Object>> serializer = instance(settings, ServiceOptions.SERIALIZER, Serializer.class,
                errors)
                .map(ConfiguredCodecs::serializer);
        Optional<Deserializer<Object>> deserializer = instance(settings, ServiceOptions.DESERIALIZER,
                Deserializer.class, errors).map(ConfiguredCodecs::deserializer);
        if (serializer.isEmpty() || deserializer.isEmpty()) {
            throw new SettingsException(errors);
        }
        serializer.get().configure(properties, false);
        deserializer.get().configure(properties, false);
        return Codecs.of(topics, serializer.get(), deserializer.get());
    }

    /** Some of Confluent's names begin with the prefix and some do not; both kinds find theirs. */
    private static Map<String, Object> properties(Settings settings, Duration patience) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(REGISTRY + "retry.timeout.ms", Long.toString(patience.toMillis()));
        settings.get(ServiceOptions.SCHEMA_REGISTRY).forEach((name, value) -> {
            properties.put(name, value);
            properties.put(REGISTRY + name, value);
        });
        properties.put(REGISTRY + "url", settings.get(ServiceOptions.SCHEMA_REGISTRY_URL)
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining(",")));
        properties.put("specific.avro.reader", "true");
        return properties;
    }

    private static <T> Optional<T> instance(Settings settings, Option<String> option, Class<T> type,
            List<String> errors) {
        String name = settings.get(option);
        try {
            return Optional.of(Utils.newInstance(name, type));
        } catch (ClassNotFoundException | KafkaException | ClassCastException e) {
            errors.add("Expected " + option.key() + " to name a " + type.getSimpleName()
                    + " on the class path with a constructor without arguments, but was \"" + name + "\"");
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // Both take and give Avro records, which the codecs check.
    private static Serializer<Object> serializer(Serializer<?> serializer) {
        return (Serializer<Object>) serializer;
    }

    @SuppressWarnings("unchecked") // Likewise.
    private static Deserializer<Object> deserializer(Deserializer<?> deserializer) {
        return (Deserializer<Object>) deserializer;
    }
}
