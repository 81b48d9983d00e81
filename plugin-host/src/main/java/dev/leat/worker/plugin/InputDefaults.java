package dev.leat.worker.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;

/** Gives absent properties their defaults, in the input record and in all records inside of it. */
final class InputDefaults {

    private InputDefaults() {}

    /** Completes JSON that is valid by the schema of its type. */
    static void complete(JsonNode node, Type type) {
        switch (type) {
            case Class<?> record when record.isRecord() && node instanceof ObjectNode object ->
                completeRecord(object, record);
            case ParameterizedType generic -> completeContainer(node, generic);
            default -> {
            }
        }
    }

    private static void completeRecord(ObjectNode object, Class<?> record) {
        InputComponent.of(record).forEach(component -> {
            if (!object.has(component.name())) {
                component.defaultValue().ifPresent(value -> object.set(component.name(), value));
            }
            if (object.hasNonNull(component.name())) {
                complete(object.get(component.name()), component.component().getGenericType());
            }
        });
    }

    private static void completeContainer(JsonNode node, ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == Map.class || node.isArray()) {
            node.forEach(item -> complete(item, arguments[arguments.length - 1]));
        } else {
            complete(node, arguments[0]);
        }
    }
}
