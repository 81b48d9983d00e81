package dev.leat.projector;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;

import dev.leat.projector.watch.GroupOffsets;
import dev.leat.projector.watch.LaneTrim;
import dev.leat.projector.watch.LaneWatch;
import dev.leat.projector.watch.WorkerWatch;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/** What all tasks of one instance watch together. */
record Watches(Admin admin, WorkerWatch workers, LaneWatch lanes, LaneTrim trim,
        GroupOffsets offsets) implements AutoCloseable {

    static Watches of(Settings settings, Topics topics, Codecs codecs, int partitions, InstantSource clock) {
        KafkaClients clients = new KafkaClients(settings);
        Admin admin = clients.admin("projector-watch");
        // The group in which workers consume the lanes.
        GroupOffsets workers = new GroupOffsets(admin, topics.workers());
        GroupOffsets projectors = new GroupOffsets(admin, StreamsProperties.applicationId(settings));
        return new Watches(admin, new WorkerWatch(clients, topics, codecs.heartbeats(), partitions),
                new LaneWatch(admin, topics, partitions, settings.get(ProjectorOptions.LANE_WAIT)),
                new LaneTrim(admin, topics, List.of(workers, projectors), settings.get(ProjectorOptions.LANE_RETENTION),
                        clock),
                workers);
    }

    void start() {
        workers.start();
        lanes.start();
        trim.start();
    }

    @Override
    public void close() {
        trim.close();
        lanes.close();
        workers.close();
        admin.close(Duration.ZERO);
    }
}
