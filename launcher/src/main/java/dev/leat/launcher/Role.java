package dev.leat.launcher;

import java.util.Locale;

/** A part of Leat that can run alone or with others in one process. */
enum Role {
    API(8080), WORKER(8083), PROJECTOR(8082);

    private final int port;

    Role(int port) {
        this.port = port;
    }

    /** Where the role's HTTP server listens unless told otherwise, when it runs alone. */
    int port() {
        return port;
    }

    /** The property that switches the role's beans on. */
    String property() {
        return "leat.roles." + name().toLowerCase(Locale.ROOT);
    }
}
