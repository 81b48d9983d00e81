package dev.leat.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.leat.domain.LaneSchedule;
import dev.leat.runtime.settings.DataSize;
import dev.leat.runtime.settings.Option;
import dev.leat.runtime.settings.OptionGroup;
import dev.leat.runtime.settings.Settings;
import dev.leat.runtime.settings.SettingsException;

/** The options of a worker. */
@OptionGroup("Worker")
public final class WorkerOptions {

    public static final Option<Integer> SLOTS = Option
            .integer("leat.worker.slots", "How many jobs this worker runs at a time.")
            .unit("jobs")
            .between(1, 10_000)
            .defaultsTo(8);

    public static final Option<Integer> KEPT_SLOTS = Option
            .integer("leat.worker.slots.kept",
                    "How many of the slots only plugins may have that run nothing yet, so that a plugin whose jobs hang"
                            + " or come in floods does not keep the others from starting. One slot at least is for all;"
                            + " a worker with a single plugin keeps none.")
            .unit("jobs")
            .between(0, 10_000)
            .defaultsTo(1);

    public static final Option<LaneSchedule.Policy> LANE_POLICY = Option
            .oneOf(LaneSchedule.Policy.class, "leat.worker.lane.policy",
                    "How lanes are preferred: weighted takes 16 jobs of high for 4 of normal and 1 of low, and more"
                            + " from a lane that waits long; strict takes from a lane only while all higher ones are"
                            + " empty.")
            .defaultsTo(LaneSchedule.Policy.WEIGHTED);

    public static final Option<GroupProtocol> GROUP_PROTOCOL = Option
            .oneOf(GroupProtocol.class, "leat.worker.group.protocol",
                    "How workers share out the lanes' partitions: consumer (KIP-848, the broker assigns) or classic,"
                            + " for brokers before 4.0 or with a long session timeout.")
            .defaultsTo(GroupProtocol.CONSUMER);

    public static final Option<Duration> HEARTBEAT_INTERVAL = Option
            .duration("leat.worker.heartbeat.interval", "How often the worker says that it lives.")
            .between(Duration.ofMillis(100), Duration.ofSeconds(5))
            .defaultsTo(Duration.ofSeconds(2));

    public static final Option<Duration> LEASE = Option
            .duration("leat.worker.lease",
                    "How long the worker may be silent until others take its running jobs from it. It stops them by itself"
                            + " where Kafka has acknowledged no heartbeat for 60 % of that. At least four times the"
                            + " heartbeat interval.")
            .between(Duration.ofSeconds(1), Duration.ofMinutes(10))
            .defaultsTo(Duration.ofSeconds(10));

    public static final Option<Duration> GRACE = Option
            .duration("leat.worker.grace",
                    "How long a job's handler may go on that has been told to stop, because the job was cancelled, took too"
                            + " long or has to be handed back. After that its slot is lost until it ends.")
            .between(Duration.ZERO, Duration.ofHours(1))
            .defaultsTo(Duration.ofSeconds(10));

    public static final Option<Duration> DRAIN_TIMEOUT = Option
            .duration("leat.worker.drain.timeout",
                    "How long running jobs may go on after the worker was told to stop. Then they are told to stop, too,"
                            + " and have leat.worker.grace for that.")
            .between(Duration.ZERO, Duration.ofHours(24))
            .defaultsTo(Duration.ofSeconds(30));

    public static final Option<DataSize> MAX_RESULT_SIZE = Option
            .dataSize("leat.worker.result.max.size",
                    "How large the result of a job may be, as JSON. It has to fit into a record of the events topic.")
            .between(DataSize.ofKilobytes(1), DataSize.ofMegabytes(512))
            .defaultsTo(DataSize.ofKilobytes(900));

    public static final Option<Optional<Path>> PLUGINS_DIR = Option
            .path("leat.plugins.dir",
                    "The folder of plugins: each jar in it, and each subfolder with jars, is hosted with a class loader of"
                            + " its own, beside the plugins of the class path. It is watched: what is dropped in, replaced"
                            + " or removed takes effect within seconds, without a restart.")
            .withoutDefault("none: only the plugins of the class path");

    public static final Option<Duration> PLUGINS_INTERVAL = Option
            .duration("leat.plugins.interval",
                    "How often the folder of plugins is looked at. A jar is loaded once two looks have found it the same.")
            .between(Duration.ofMillis(50), Duration.ofHours(1))
            .defaultsTo(Duration.ofSeconds(1));

    private static final int BEATS_PER_LEASE = 4;

    private WorkerOptions() {}

    /**
     * Checks what no option can say for itself.
     *
     * @throws SettingsException where heartbeats are too rare for the lease, or the folder of plugins is none
     */
    static void check(Settings settings) {
        List<String> problems = new ArrayList<>();
        Duration lease = settings.get(LEASE);
        Duration interval = settings.get(HEARTBEAT_INTERVAL);
        if (interval.multipliedBy(BEATS_PER_LEASE).compareTo(lease) > 0) {
            problems.add(("Expected %s to be at least %d times %s, so that one lost heartbeat stops"
                    + " no jobs, but they are %d ms and %d ms").formatted(LEASE.key(), BEATS_PER_LEASE,
                            HEARTBEAT_INTERVAL.key(), lease.toMillis(), interval.toMillis()));
        }
        settings.get(PLUGINS_DIR)
                .filter(folder -> !Files.isDirectory(folder))
                .ifPresent(folder -> problems.add("Expected %s to name a folder, but there is none at %s".formatted(
                        PLUGINS_DIR.key(), folder.toAbsolutePath())));
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }
}
