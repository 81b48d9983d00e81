package dev.leat.worker.plugin;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import dev.leat.plugin.Description;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derives JSON Schemas (draft 2020-12) from the classes of a job type: what the documentation of {@code
 * dev.leat.plugin} promises to plugin authors, in the words of JSON Schema.
 *
 * <p>Thread-safe: the generators are not, so each schema has one of its own.
 */
final class RecordSchema {

    private static final Map<Class<?>, Class<?>> OPTIONAL_NUMBERS = Map.of(OptionalInt.class, Integer.class,
            OptionalLong.class, Long.class, OptionalDouble.class, Double.class);

    private RecordSchema() {}

    /** The schema of what a submission may contain. */
    static ObjectNode ofInput(Class<? extends Record> input) {
        return new SchemaGenerator(rules().with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT).build())
                .generateSchema(input);
    }

    /**
     * The schema of a result. It stays open: a handler may learn to tell more without surprising who checks what it
     * told before.
     */
    static ObjectNode ofResult(Class<?> result) {
        return new SchemaGenerator(rules().build()).generateSchema(result);
    }

    private static SchemaGeneratorConfigBuilder rules() {
        var rules = new SchemaGeneratorConfigBuilder(PluginJson.TREES, SchemaVersion.DRAFT_2020_12,
                OptionPreset.PLAIN_JSON)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES, Option.INLINE_NULLABLE_SCHEMAS,
                        Option.STANDARD_FORMATS,
                        Option.ADDITIONAL_FIXED_TYPES)
                .without(Option.PUBLIC_STATIC_FIELDS, Option.NONPUBLIC_STATIC_FIELDS)
                .with(new JakartaValidationModule());
        rules.forTypesInGeneral().withDescriptionResolver(RecordSchema::typeDescription)
                // In the order of the record, not of the alphabet.
                .withPropertySorter((_, _) -> 0);
        rules.forFields().withTargetTypeOverridesResolver(RecordSchema::withoutOptional)
                .withDescriptionResolver(field -> component(field).flatMap(InputComponent::description).orElse(null))
                .withDefaultResolver(field -> component(field).flatMap(InputComponent::defaultValue).orElse(null))
                .withRequiredCheck(field -> component(field).map(InputComponent::isRequired).orElse(false))
                .withNullableCheck(field -> component(field).map(InputComponent::isNullable).orElse(false))
                .withNumberInclusiveMinimumResolver(NumberRange::minimum)
                .withNumberInclusiveMaximumResolver(NumberRange::maximum).withStringPatternResolver(TextPattern::of)
                .withArrayUniqueItemsResolver(field -> field.getType().isInstanceOf(Set.class) ? true : null);
        return rules;
    }

    private static @Nullable String typeDescription(TypeScope scope) {
        Description description = scope.getType().getErasedType().getAnnotation(Description.class);
        return description == null ? null : description.value();
    }

    private static @Nullable List<ResolvedType> withoutOptional(FieldScope field) {
        Class<?> type = field.getType().getErasedType();
        Class<?> number = OPTIONAL_NUMBERS.get(type);
        if (number != null) {
            return List.of(field.getContext().resolve(number));
        }
        return type == Optional.class
                ? List.of(field.getContext().getTypeParameterFor(field.getType(), Optional.class, 0))
                : null;
    }

    /** The record component behind a property; none for the items of a list. */
    private static Optional<InputComponent> component(FieldScope field) {
        Class<?> type = field.getDeclaringType().getErasedType();
        return !type.isRecord() || field.isFakeContainerItemScope()
                ? Optional.empty()
                : InputComponent.of(type).filter(component -> component.name().equals(field.getDeclaredName()))
                        .findFirst();
    }
}
