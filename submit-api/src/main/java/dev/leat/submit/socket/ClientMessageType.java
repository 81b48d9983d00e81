package dev.leat.submit.socket;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types of client messages. */
enum ClientMessageType {
    CREATE_JOB,
    CANCEL_JOB,
    CLEAR_COMPLETED,
    GET_STATE,
    PING;

    /** The fields that it must have beside {@code type} and {@code requestId}. */
    List<String> required() {
        return switch (this) {
            case CREATE_JOB -> List.of(MessageFields.JOB);
            case CANCEL_JOB -> List.of(MessageFields.JOB_ID);
            case CLEAR_COMPLETED, GET_STATE, PING -> List.of();
        };
    }

    /** Whether it may have such a field. */
    boolean has(String field) {
        return required().contains(field) || (this == CREATE_JOB && field.equals(MessageFields.IDEMPOTENCY_KEY));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ClientMessageType> of(String wireName) {
        return Arrays.stream(values()).filter(type -> type.wireName().equals(wireName)).findFirst();
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(ClientMessageType::wireName).toList();
    }
}
