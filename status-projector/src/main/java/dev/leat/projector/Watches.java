package dev.leat.projector;

import java.time.Duration;

import org.apache.kafka.clients.admin.Admin;

import dev.leat.projector.watch.GroupOffsets;
import dev.leat.projector.watch.LaneWatch;
import dev.leat.projector.watch.WorkerWatch;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;

/** What all tasks of one instance watch together. */
record Watches(Admin admin, WorkerWatch workers, LaneWatch lanes, GroupOffsets offsets) implements AutoCloseable {

    static Watches of(Settings settings, Topics topics, Codecs codecs, int partitions) {
        KafkaClients clients = new KafkaClients(settings);
        Admin admin = clients.admin("projector-watch");
        return new Watches(admin, new WorkerWatch(clients, topics, codecs.heartbeats(), partitions),
                new LaneWatch(admin, topics, partitions, settings.get(ProjectorOptions.LANE_WAIT)),
                // The group in which workers consume the lanes.
                new GroupOffsets(admin, topics.workers()));
    }

    void start() {
        workers.start();
        lanes.start();
    }

    @Override
    public void close() {
        lanes.close();
        workers.close();
        admin.close(Duration.ZERO);
    }
}
