package dev.leat.submit;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.leat.runtime.settings.DataSize;
import dev.leat.runtime.settings.Option;
import dev.leat.runtime.settings.OptionGroup;

/** The options of the HTTP API. */
@OptionGroup("HTTP API")
public final class ApiOptions {

    public static final Option<DataSize> MAX_BODY = Option
            .dataSize("leat.api.max.body", "The longest body of a request; a longer one is refused with 413.")
            .between(DataSize.ofKilobytes(1), DataSize.ofMegabytes(1))
            .defaultsTo(DataSize.ofMegabytes(1));

    public static final Option<DataSize> MAX_BATCH_BYTES = Option
            .dataSize("leat.api.max.batch.bytes",
                    "How large a batch may be, as it comes and as it is written; a larger one is refused with 413. Two are"
                            + " read at a time, each into memory.")
            .between(DataSize.ofMegabytes(1), DataSize.ofMegabytes(1_024))
            .defaultsTo(DataSize.ofMegabytes(64));

    public static final Option<Duration> SUBMIT_TIMEOUT = Option
            .duration("leat.api.submit.timeout",
                    "How long a submission waits for Kafka's acknowledgement before it is answered with 503.")
            .between(Duration.ofSeconds(2), Duration.ofMinutes(1))
            .defaultsTo(Duration.ofSeconds(4));

    public static final Option<Duration> DECISION_TIMEOUT = Option
            .duration("leat.api.decision.timeout",
                    "How long the submission of a job with a key waits for a projector to decide whether the key is taken, before it is answered with 503.")
            .between(Duration.ofSeconds(1), Duration.ofMinutes(1))
            .defaultsTo(Duration.ofSeconds(5));

    public static final Option<List<URI>> PROJECTORS = Option
            .urls("leat.api.projectors",
                    "The status projectors, in no order: each is asked in turn, the next one where it does not answer.")
            .check(urls -> !urls.isEmpty(), "not empty")
            .defaultsTo(List.of(URI.create("http://127.0.0.1:8082")));

    public static final Option<Duration> PROJECTOR_TIMEOUT = Option
            .duration("leat.api.projector.timeout",
                    "How long one projector may take to answer, at most two of which a request waits, beyond the"
                            + " wait that it asks for.")
            .between(Duration.ofSeconds(3), Duration.ofMinutes(1))
            .defaultsTo(Duration.ofSeconds(4));

    public static final Option<List<URI>> SOCKET_ORIGINS = Option
            .urls("leat.api.socket.origins",
                    "Origins, such as https://jobs.example.com, whose pages may open the WebSocket beside those of this"
                            + " server. Needed where a proxy passes on another Host header than browsers have sent."
                            + " Programs that are no browsers say no origin, and may always.")
            .check(urls -> urls.stream().allMatch(ApiOptions::isOrigin), "each without path")
            .defaultsTo(List.of());

    public static final Option<Integer> SOCKET_BACKLOG = Option
            .integer("leat.api.socket.backlog.max",
                    "How much that has happened to jobs may wait for one client of the WebSocket. A client that is"
                            + " slower is disconnected, with the position to go on from.")
            .unit("messages")
            .between(16, 100_000)
            .defaultsTo(2_000);

    public static final Option<Integer> MAX_DEAD_LETTERS = Option
            .integer("leat.api.dead.letters.max",
                    "How many dead letters, the newest, can be listed, shown and sent back. Each takes about 1 kB of"
                            + " memory, whatever its size.")
            .unit("dead letters")
            .between(1, 1_000_000)
            .defaultsTo(10_000);

    public static final Option<Integer> MAX_QUEUED_PER_PLUGIN = Option
            .integer("leat.api.queue.max.per.plugin",
                    "How many jobs of one plugin may be scheduled, queued or retrying. Further ones are refused with 429;"
                            + " the figures are about a second old.")
            .unit("jobs")
            .between(1, 1_000_000_000)
            .defaultsTo(200_000);

    public static final Option<Integer> MAX_QUEUED = Option
            .integer("leat.api.queue.max.total",
                    "How many jobs of all plugins together may be scheduled, queued or retrying. Further ones are refused"
                            + " with 503.")
            .unit("jobs")
            .between(1, 1_000_000_000)
            .defaultsTo(1_000_000);

    public static final Option<Duration> LIVE_HEARTBEAT = Option
            .duration("leat.api.live.heartbeat",
                    "After how long without an event a stream says that it lives.")
            .between(Duration.ofMillis(100), Duration.ofMinutes(4))
            .defaultsTo(Duration.ofSeconds(15));

    public static final Option<Integer> LIVE_QUEUE = Option
            .integer("leat.api.live.queue",
                    "How many facts may wait for the stream of a job whose client reads slowly; sixteen times as many for a"
                            + " stream of many jobs. When there is no more room, the stream ends; the client goes on from"
                            + " its last event with another one.")
            .unit("facts")
            .between(16, 100_000)
            .defaultsTo(256);

    public static final Option<Integer> LIVE_MAX_GAP = Option
            .integer("leat.api.live.max.gap",
                    "How many records are read again, at most, for a client that goes on from an earlier event. After a"
                            + " longer absence it begins with the state as it is.")
            .unit("records")
            .between(1_000, 10_000_000)
            .defaultsTo(200_000);

    private ApiOptions() {}

    private static boolean isOrigin(URI url) {
        return url.getRawPath().isEmpty() && url.getRawQuery() == null && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
    }
}
