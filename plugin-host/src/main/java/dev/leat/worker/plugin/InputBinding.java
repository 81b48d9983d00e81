package dev.leat.worker.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Makes the input record of a job type out of params. Whatever comes out has met the type's JSON Schema, which is why
 * Jackson may then be as lenient as it is. Thread-safe.
 *
 * @param schema the JSON Schema of {@code input}
 * @param json of the plugin's realm
 */
record InputBinding<I extends Record>(JobTypeName type, Class<I> input, Json schema, ParamsValidator validator,
        JsonMapper json) {

    I bind(Json params) throws InvalidParamsException {
        List<FieldError> errors = validator.validate(schema.value(), params.value());
        if (!errors.isEmpty()) {
            throw new InvalidParamsException(type, errors);
        }
        try {
            JsonNode tree = json.readTree(params.value());
            InputDefaults.complete(tree, input);
            return json.treeToValue(tree, input);
        } catch (JsonMappingException e) {
            throw new InvalidParamsException(type, List.of(new FieldError(pointer(e), reason(e))));
        } catch (JsonProcessingException e) {
            throw new InvalidParamsException(type, List.of(new FieldError("", "Expected JSON, but it cannot be read")));
        }
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .map(name -> "/" + name.replace("~", "~0").replace("/", "~1")).collect(Collectors.joining());
    }

    /** What only the Java types know: a constructor's own conditions, dates that no calendar has. */
    private static String reason(JsonMappingException e) {
        return switch (e) {
            case ValueInstantiationException refused when refused.getCause() != null -> Objects
                    .requireNonNullElse(refused.getCause().getMessage(), refused.getCause().toString());
            case InvalidFormatException format -> "Expected a value that %s can hold, but got '%s'"
                    .formatted(format.getTargetType().getSimpleName(), format.getValue());
            default -> "Expected a value that the input record can hold, but: " + e.getOriginalMessage();
        };
    }
}
