package dev.leat.schemas.serde;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed serialization or deserialization means, so that a bad record is never mistaken for an outage of the
 * registry, nor an outage for a bad record. Judges the failures of this package and those of Confluent's serializers,
 * also where a consumer or Kafka Streams wrapped them.
 */
public enum SerdeFault {
    /** The record is at fault; set it aside and go on. */
    RECORD,
    /** The registry cannot be reached or is in trouble; the same record may succeed later. */
    REGISTRY_UNAVAILABLE,
    /** The registry refuses (credentials, compatibility) or the configuration is wrong; somebody has to act. */
    REGISTRY_REFUSAL;

    /** Confluent's serializers turn some answers of the registry into an exception that keeps only this text of it. */
    private static final Pattern SERVER_ERROR = Pattern.compile("; error code: 5\\d\\d(?:\\d\\d)?$");

    /** Whether trying again, after a while and with nothing changed, can help. */
    public boolean isRetriable() {
        return this == REGISTRY_UNAVAILABLE;
    }

    /**
     * Says what a failure means: the outermost exception of the chain of causes that is recognized decides. Where none
     * is, the record is at fault.
     */
    public static SerdeFault of(Throwable failure) {
        for (@Nullable
        Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<SerdeFault> fault = recognize(cause);
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        return RECORD;
    }

    private static Optional<SerdeFault> recognize(Throwable failure) {
        return switch (failure) {
            case RecordFormatException _ -> Optional.of(RECORD);
            case RegistryUnavailableException _ -> Optional.of(REGISTRY_UNAVAILABLE);
            case RegistryRefusalException _ -> Optional.of(REGISTRY_REFUSAL);
            case RetriableException _ -> Optional.of(REGISTRY_UNAVAILABLE);
            // The thread was told to stop while it waited for the registry.
            case InterruptException _ -> Optional.of(REGISTRY_UNAVAILABLE);
            case ApiException e -> Optional.of(ofMessage(e));
            case ConfigException _ -> Optional.of(REGISTRY_REFUSAL);
            case IOException e -> Optional.of(isOfAvro(e) ? RECORD : REGISTRY_UNAVAILABLE);
            default -> ofRestClient(failure);
        };
    }

    private static SerdeFault ofMessage(ApiException failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        return SERVER_ERROR.matcher(message).find() ? REGISTRY_UNAVAILABLE : REGISTRY_REFUSAL;
    }

    /**
     * Avro's decoder reports bytes that end too early or make no sense as an IOException too. Where it was thrown tells
     * it from the network's; "contains", because some relocate these libraries.
     */
    private static boolean isOfAvro(IOException failure) {
        return failure.getClass().getName().contains(".avro.")
                || Arrays.stream(failure.getStackTrace()).anyMatch(frame -> frame.getClassName().contains(".avro.io."));
    }

    /** Confluent's RestClientException, known by its name and its two getters, so that nothing depends on it. */
    private static Optional<SerdeFault> ofRestClient(Throwable failure) {
        if (!failure.getClass().getSimpleName().equals("RestClientException")) {
            return Optional.empty();
        }
        try {
            int status = (int) failure.getClass().getMethod("getStatus").invoke(failure);
            int code = (int) failure.getClass().getMethod("getErrorCode").invoke(failure);
            return Optional.of(switch (RegistryStatus.of(status, code)) {
                case MISSING -> RECORD;
                case FOUND, TROUBLE -> REGISTRY_UNAVAILABLE;
                case REFUSED -> REGISTRY_REFUSAL;
            });
        } catch (ReflectiveOperationException | ClassCastException e) {
            return Optional.of(REGISTRY_UNAVAILABLE);
        }
    }
}
