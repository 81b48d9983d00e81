package dev.leat.worker.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.leat.plugin.DefaultValue;
import dev.leat.plugin.Description;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A component of a record, as far as it is a property in JSON. */
record InputComponent(RecordComponent component) {

    private static final Set<Class<?>> OPTIONALS = Set.of(Optional.class, OptionalInt.class, OptionalLong.class,
            OptionalDouble.class);

    /** The types that are text in JSON and whose defaults are written without quotes. */
    private static final Set<Class<?>> TEXTS = Set.of(String.class, UUID.class, URI.class, Instant.class,
            LocalDate.class, Duration.class);

    static Stream<InputComponent> of(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(InputComponent::new);
    }

    String name() {
        return component.getName();
    }

    Optional<String> description() {
        return Optional.ofNullable(component.getAnnotation(Description.class)).map(Description::value);
    }

    /**
     * The value that an absent property has, in JSON.
     *
     * @throws IllegalArgumentException if the annotation's text is not JSON where it has to be
     */
    Optional<JsonNode> defaultValue() {
        return Optional.ofNullable(component.getAnnotation(DefaultValue.class))
                .map(annotation -> json(annotation.value()));
    }

    private JsonNode json(String text) {
        Class<?> type = component.getType();
        if (TEXTS.contains(type) || type.isEnum()) {
            return TextNode.valueOf(text);
        }
        try {
            return PluginJson.TREES.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Expected the default of %s.%s in JSON, but got '%s'"
                    .formatted(component.getDeclaringRecord().getSimpleName(), name(), text), e);
        }
    }

    /** Whether JSON null is allowed, and means the same as leaving the property out. */
    boolean isNullable() {
        return OPTIONALS.contains(component.getType())
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Whether each submission must name the property. */
    boolean isRequired() {
        return !isNullable() && !component.isAnnotationPresent(DefaultValue.class);
    }
}
