package dev.leat.submit.socket;

import java.time.Duration;

/** The connection to one client. Thread-safe. */
interface Wire {

    /**
     * Sends a text and waits until it is on its way.
     *
     * @return whether it is; not where the client reads nothing for so long, or is gone
     */
    boolean send(String text, Duration patience) throws InterruptedException;

    /** Has the client's machine say that it lives. Does not wait. */
    void ping();

    /** Sends a last text, if the client reads it, and ends the connection soon. Does not wait. */
    void endWith(String text, Ending ending);

    /** Ends the connection soon. Does not wait. */
    void end(Ending ending);
}
