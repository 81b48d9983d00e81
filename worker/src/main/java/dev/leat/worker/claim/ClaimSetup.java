package dev.leat.worker.claim;

import java.time.InstantSource;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

import dev.leat.domain.LaneSchedule;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.worker.bundle.PluginHost;
import dev.leat.worker.lease.LeaseWatch;
import dev.leat.worker.limit.PluginGates;
import dev.leat.worker.run.Attempts;

/**
 * What claiming needs.
 *
 * @param worker who claims
 * @param slots how many attempts may run at a time, and how many of the slots are kept back for plugins that have none
 * @param policy how lanes are preferred
 * @param plugins whose lanes are read; they may change at any time
 * @param gates how much of each plugin may start here
 * @param jobs what is known of jobs besides their commands
 * @param attempts takes what was won
 * @param lease nothing is claimed while it is not sure
 * @param barrier what was won passes it before it runs
 * @param clients how Kafka is spoken to
 */
public record ClaimSetup(WorkerId worker, Slots slots, LaneSchedule.Policy policy, Topics topics, Codecs codecs,
        PluginHost plugins, PluginGates gates, KnownJobs jobs, Attempts attempts, LeaseWatch lease,
        CancelBarrier barrier,
        Clients clients,
        InstantSource clock) {

    /** How many slots there are, and how many of them are kept back for plugins that have none. */
    public record Slots(int all, int keptBack) {}

    /**
     * The Kafka clients of claiming.
     *
     * @param members makes a consumer that is a member of the workers' group
     * @param producer idempotent, acks=all, with a delivery timeout far beyond any outage, so that a fact of a claim
     *        cannot reach the log after one that was sent later; for claiming alone
     */
    public record Clients(Supplier<Consumer<byte[], byte[]>> members, Producer<byte[], byte[]> producer) {}
}
