package dev.leat.submit.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.runtime.json.FieldError;

/**
 * A template as it is understood.
 *
 * @param parameters its gaps by name, in the order in which they were declared
 * @param batch what a run submits, with placeholders
 */
record TemplateForm(Map<String, TemplateParameter> parameters, JsonNode batch) {

    private static final Set<String> MEMBERS = Set.of("description", "parameters", "batch");
    private static final Set<String> OF_PARAMETER = Set.of("type", "default", "required", "description");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,59}");

    /** Reads a template; what is wrong with it goes into the list. */
    static TemplateForm read(JsonNode content, List<FieldError> errors) {
        unknown("", content, MEMBERS, errors);
        if (!content.path("batch").isObject()) {
            errors.add(new FieldError("/batch", "Expected a batch as an object, but got something else"));
        }
        Map<String, TemplateParameter> parameters = new LinkedHashMap<>();
        content.path("parameters").properties().forEach(member -> parameter(member.getKey(), member.getValue(), errors)
                .ifPresent(parameter -> parameters.put(member.getKey(), parameter)));
        for (String name : Placeholders.names(content.path("batch"))) {
            if (!content.path("parameters").has(name)) {
                errors.add(new FieldError("/batch",
                        "Expected placeholders of declared parameters alone, but got ${" + name + "}"));
            }
        }
        return new TemplateForm(parameters, content.path("batch"));
    }

    private static Optional<TemplateParameter> parameter(String name, JsonNode declared, List<FieldError> errors) {
        String pointer = "/parameters/" + name;
        unknown(pointer, declared, OF_PARAMETER, errors);
        if (!NAME.matcher(name).matches()) {
            errors.add(new FieldError(pointer,
                    "Expected a name of up to 60 letters, digits and underscores that begins with no digit"));
        }
        Optional<TemplateParameter.Type> type = Arrays.stream(TemplateParameter.Type.values())
                .filter(known -> known.wireName().equals(declared.path("type").asText("string")))
                .findFirst();
        if (type.isEmpty()) {
            errors.add(new FieldError(pointer + "/type", "Expected one of "
                    + Arrays.stream(TemplateParameter.Type.values())
                            .map(TemplateParameter.Type::wireName)
                            .collect(Collectors.joining(", "))));
            return Optional.empty();
        }
        Optional<JsonNode> standard = Optional.ofNullable(declared.get("default"));
        if (standard.filter(value -> !type.get().holds(value)).isPresent()) {
            errors.add(new FieldError(pointer + "/default", "Expected a value of type " + type.get().wireName()));
        }
        boolean required = declared.path("required").asBoolean(standard.isEmpty());
        if (!required && standard.isEmpty()) {
            errors.add(new FieldError(pointer,
                    "Expected a default where the parameter is not required, but there is none"));
        }
        return Optional.of(new TemplateParameter(type.get(), standard, required));
    }

    private static void unknown(String pointer, JsonNode node, Set<String> known, List<FieldError> errors) {
        node.properties().forEach(member -> {
            if (!known.contains(member.getKey())) {
                errors.add(new FieldError(pointer + "/" + member.getKey(),
                        "Expected no field but " + known.stream().sorted().collect(Collectors.joining(", "))));
            }
        });
    }

    /** The batch of a run; what is wrong with its params goes into the list, and then there is none. */
    Optional<JsonNode> fill(JsonNode params, List<FieldError> errors) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        List<FieldError> wrong = new ArrayList<>();
        parameters.forEach((name, parameter) -> {
            Optional<JsonNode> value = Optional.ofNullable(params.get(name))
                    .or(() -> parameter.required() ? Optional.empty() : parameter.standard());
            if (value.isEmpty()) {
                wrong.add(new FieldError("/params/" + name, "Expected the parameter, but the field is missing"));
            } else if (!parameter.type().holds(value.get())) {
                wrong.add(new FieldError("/params/" + name,
                        "Expected a value of type " + parameter.type().wireName() + ", but got another"));
            }
            value.ifPresent(given -> values.put(name, given));
        });
        unknown("/params", params, parameters.keySet(), wrong);
        errors.addAll(wrong);
        return wrong.isEmpty() ? Optional.of(Placeholders.fill(batch, values)) : Optional.empty();
    }
}
