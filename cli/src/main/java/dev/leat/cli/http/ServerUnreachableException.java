package dev.leat.cli.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;

import dev.leat.cli.CommandFailedException;
import dev.leat.cli.Exit;

/** No Leat answers at the address. */
public final class ServerUnreachableException extends CommandFailedException {

    private static final List<String> ADVICE = List.of(
            "Start one with './leat up', or name another with --server URL or the environment variable LEAT_SERVER.");

    private ServerUnreachableException(String message) {
        super(Exit.UNAVAILABLE, message, ADVICE);
    }

    static ServerUnreachableException of(URI server, Exception cause) {
        return new ServerUnreachableException("Expected Leat to answer at " + server + ", but " + reason(cause) + ".");
    }

    /** Somebody answers who does not speak as Leat does. */
    static ServerUnreachableException notLeat(URI server, int status, String contentType) {
        return new ServerUnreachableException("Expected Leat to answer at %s, but what answers there says %d%s."
                .formatted(server, status, contentType.isEmpty() ? "" : " with " + contentType));
    }

    private static String reason(Exception cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> "it did not in time";
            case ConnectException _ -> "nothing listens there";
            default -> Optional.ofNullable(cause.getMessage()).orElseGet(cause.getClass()::getSimpleName);
        };
    }
}
