package dev.leat.embedded;

import java.net.BindException;

/** A port that was asked for cannot be had: as a rule it belongs to somebody else. Nothing was started. */
public final class PortTakenException extends RuntimeException {

    private final String host;
    private final int port;

    PortTakenException(String what, String host, int port, BindException cause) {
        super("Expected to bind the %s to port %d on %s, but: %s. Stop the process that has the port or choose another port"
                .formatted(what, port, host, cause.getMessage()), cause);
        this.host = host;
        this.port = port;
    }

    /** The host that was asked for. */
    public String host() {
        return host;
    }

    /** The port that was asked for. */
    public int port() {
        return port;
    }
}
