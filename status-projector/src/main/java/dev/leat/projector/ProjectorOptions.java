package dev.leat.projector;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.leat.runtime.settings.DataSize;
import dev.leat.runtime.settings.Option;
import dev.leat.runtime.settings.OptionGroup;

/** The options of a projector. */
@OptionGroup("Projector")
public final class ProjectorOptions {

    public static final Option<Optional<URI>> URL = Option
            .url("leat.projector.url", "Where other projectors reach this one, as http://host:port.")
            .check(url -> "http".equals(url.getScheme()) && url.getPort() > 0, "of the form http://host:port")
            .withoutDefault("the address of its HTTP server, with the machine's name where that binds to all");

    public static final Option<Path> STATE_DIR = Option
            .path("leat.projector.state.dir",
                    "Where the jobs are stored. What is lost is restored from Kafka, which takes its time. Each projector"
                            + " needs its own.")
            .defaultsTo(Path.of(".leat", "projector"));

    public static final Option<Duration> RETENTION = Option
            .duration("leat.projector.retention",
                    "How long a job that has ended is kept where its command does not say; those of the API do, as their job"
                            + " type does. All projectors need the same.")
            .between(Duration.ZERO, Duration.ofDays(3_650))
            .defaultsTo(Duration.ofHours(24));

    public static final Option<Duration> LANE_WAIT = Option
            .duration("leat.projector.lane.wait",
                    "How long a job whose time has come waits for the first worker of its plugin, which makes the lanes;"
                            + " then it ends rejected.")
            .between(Duration.ZERO, Duration.ofHours(24))
            .defaultsTo(Duration.ofMinutes(1));

    public static final Option<Duration> LANE_RETENTION = Option
            .duration("leat.projector.lane.retention",
                    "How long commands stay in the lanes at least. One that no worker has claimed stays for longer, until"
                            + " one does.")
            .between(Duration.ZERO, Duration.ofDays(3_650))
            .defaultsTo(Duration.ofDays(7));

    public static final Option<Integer> BATCH_WINDOW = Option
            .integer("leat.projector.batch.window",
                    "How many operations of one batch may be in the lanes or run, whatever the batch's own concurrency. So"
                            + " many jobs another one of the plugin finds before it, at most.")
            .unit("operations")
            .between(1, 100_000)
            .defaultsTo(1_000);

    public static final Option<Integer> THREADS = Option
            .integer("leat.projector.threads", "How many threads fold facts, each with its share of the partitions.")
            .unit("threads")
            .between(1, 64)
            .defaultsTo(1);

    public static final Option<Integer> STANDBYS = Option
            .integer("leat.projector.standbys",
                    "How many other projectors keep a copy of each partition's jobs, to take over at once.")
            .unit("copies")
            .between(0, 5)
            .defaultsTo(1);

    public static final Option<DataSize> CACHE_SIZE = Option
            .dataSize("leat.projector.cache.size",
                    "How many changed jobs, in bytes, wait in memory for the next commit. Without it, each fact is"
                            + " written on its own.")
            .between(new DataSize(0), DataSize.ofMegabytes(65_536))
            .defaultsTo(DataSize.ofMegabytes(64));

    public static final Option<DataSize> STORE_MEMORY = Option
            .dataSize("leat.projector.store.memory", "How much memory outside the heap RocksDB may use.")
            .between(DataSize.ofMegabytes(8), DataSize.ofMegabytes(1_048_576))
            .defaultsTo(DataSize.ofMegabytes(96));

    public static final Option<Duration> POSITION_WAIT = Option
            .duration("leat.projector.position.wait",
                    "How long a question that names a position waits, at most, until facts are folded up to it.")
            .between(Duration.ZERO, Duration.ofSeconds(30))
            .defaultsTo(Duration.ofSeconds(2));

    public static final Option<Duration> YOUNG_ID_WAIT = Option
            .duration("leat.projector.young.wait",
                    "How long a question about an unknown job waits where its id was drawn less than 5 s ago.")
            .between(Duration.ZERO, Duration.ofSeconds(30))
            .defaultsTo(Duration.ofSeconds(1));

    public static final Option<Duration> PEER_TIMEOUT = Option
            .duration("leat.projector.peer.timeout",
                    "How long to wait for the answer of another projector, beyond what the question itself waits.")
            .between(Duration.ofMillis(100), Duration.ofSeconds(30))
            .defaultsTo(Duration.ofSeconds(2));

    private ProjectorOptions() {}
}
