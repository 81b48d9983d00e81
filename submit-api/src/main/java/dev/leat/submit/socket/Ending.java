package dev.leat.submit.socket;

import io.micronaut.websocket.CloseReason;

/** Why the server ends a connection, as the close frame says it. */
enum Ending {
    GOING_AWAY(1001, "The server stops; connect again with the last position."),
    NOT_TEXT(1003, "Expected text messages, but got a binary one."),
    TOO_LARGE(1009, "The message is too large."),
    FAULT(1011, "Something went wrong inside Leat."),
    TOO_SLOW(1013, "Too slow; connect again with the last position."),
    UNAVAILABLE(1013, "The queue cannot be shown right now; connect again.");

    private final int code;
    private final String text;

    /** @param text at most 123 bytes */
    Ending(int code, String text) {
        this.code = code;
        this.text = text;
    }

    CloseReason reason() {
        return new CloseReason(code, text);
    }
}
