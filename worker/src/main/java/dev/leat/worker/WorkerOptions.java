package dev.leat.worker;

import java.time.Duration;

import dev.leat.domain.LaneSchedule;
import dev.leat.runtime.settings.DataSize;
import dev.leat.runtime.settings.Option;
import dev.leat.runtime.settings.OptionGroup;

/** The options of a worker. */
@OptionGroup("Worker")
public final class WorkerOptions {

    public static final Option<Integer> SLOTS = Option
            .integer("leat.worker.slots", "How many jobs this worker runs at a time.")
            .unit("jobs")
            .between(1, 10_000)
            .defaultsTo(8);

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

    public static final Option<Duration> DRAIN_TIMEOUT = Option
            .duration("leat.worker.drain.timeout",
                    "How long running jobs may go on after the worker was told to stop.")
            .between(Duration.ZERO, Duration.ofHours(24))
            .defaultsTo(Duration.ofSeconds(30));

    public static final Option<DataSize> MAX_RESULT_SIZE = Option
            .dataSize("leat.worker.result.max.size",
                    "How large the result of a job may be, as JSON. It has to fit into a record of the events topic.")
            .between(DataSize.ofKilobytes(1), DataSize.ofMegabytes(512))
            .defaultsTo(DataSize.ofKilobytes(900));

    private WorkerOptions() {}
}
