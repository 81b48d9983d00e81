package dev.leat.submit.socket;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.leat.domain.JobView;
import dev.leat.domain.Json;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.live.LogPosition;

/** What the server says. Each record is written as the JSON object of its components, with its type. */
@JsonPropertyOrder({"type", "requestId", "position"})
sealed interface ServerMessage {

    /** By which the client tells messages apart. */
    @JsonProperty("type")
    String type();

    /**
     * The queue as it is, from which on everything is told.
     *
     * @param requestId of the client's message, where it asked for it
     * @param position the place in the log that the state shows
     * @param jobs the newest, as a list shows them
     * @param stats as {@code GET /api/v1/stats} shows them
     */
    record QueueState(Optional<String> requestId, String position, Json jobs, Map<String, Object> stats)
            implements
                ServerMessage {
        @Override
        public String type() {
            return "queue_state";
        }
    }

    /**
     * Something has happened to a job.
     *
     * @param position to be given when the connection is made again
     */
    record JobNews(@JsonIgnore JobNewsType kind, String position, JobAt job) implements ServerMessage {
        @Override
        public String type() {
            return kind.wireName();
        }
    }

    /**
     * A job as a list shows it, and when it became so.
     *
     * @param at on the clock of whoever did it
     */
    record JobAt(@JsonUnwrapped JobView view, Instant at) {}

    /** The counts are others than they were. */
    record StatsUpdate(String position, Map<String, Object> stats) implements ServerMessage {
        @Override
        public String type() {
            return "stats_update";
        }
    }

    /**
     * A job was submitted, or is asked to be cancelled.
     *
     * @param job as the HTTP API shows it
     * @param commandPosition {@code Leat-Position} of the HTTP API; empty where nothing had to be written
     * @param repeated whether the same request had been made before
     */
    record JobAck(String requestId, Object job, Optional<String> commandPosition, boolean repeated)
            implements
                ServerMessage {
        @Override
        public String type() {
            return "ack";
        }
    }

    /** Jobs were cleared; see {@code JobClearer}. */
    record ClearedAck(String requestId, int cleared, boolean more) implements ServerMessage {
        @Override
        public String type() {
            return "ack";
        }
    }

    /** Somebody is there. */
    record Pong(String requestId) implements ServerMessage {
        @Override
        public String type() {
            return "pong";
        }
    }

    /**
     * A message was refused, or, without a request id, could not be read.
     *
     * @param problem of RFC 9457, as the HTTP API would answer with
     * @param retryAfter seconds after which it makes sense to try again
     */
    record Refusal(Optional<String> requestId, Object problem, Optional<Long> retryAfter) implements ServerMessage {

        static Refusal of(Optional<String> requestId, ProblemException why) {
            return new Refusal(requestId, why.problem(),
                    why.retryAfter().map(wait -> wait.plusMillis(999).toSeconds()));
        }

        static Refusal of(String requestId, Object problem) {
            return new Refusal(Optional.of(requestId), problem, Optional.empty());
        }

        @Override
        public String type() {
            return "error";
        }
    }

    /** The client was too slow; the connection ends, and can be made again from the position. */
    record Cut(String position) implements ServerMessage {

        static Cut at(LogPosition position) {
            return new Cut(position.toString());
        }

        @Override
        public String type() {
            return "cut";
        }
    }
}
