package dev.leat.cli.http;

import java.time.Duration;

/** What whoever follows a stream is told. */
public sealed interface Signal {

    /** An event came. */
    record Happened(ServerSentEvent event) implements Signal {}

    /** Nothing came for as long as was waited. */
    record Silence() implements Signal {}

    /**
     * The connection is lost; another one is made by itself, and nothing is missed.
     *
     * @param why in a few words
     * @param retryIn when
     */
    record Lost(String why, Duration retryIn) implements Signal {}

    /** There is nothing more: the stream was read to its end before. */
    record Over() implements Signal {}
}
