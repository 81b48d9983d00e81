package dev.leat.worker.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.JobId;
import dev.leat.worker.claim.PartitionBuffers.Taken;
import dev.leat.worker.claim.PartitionBuffers.Tenure;
import dev.leat.worker.run.ClaimedAttempt;

/**
 * The commands of one round, in the order in which they were taken: some to claim, some to step over.
 *
 * <p>Invariant: a partition's commands follow each other in offset order and belong to one tenure, so that the position
 * after the last one stands for all of them. Owned by the consumer's thread.
 */
final class ClaimBatch {

    /**
     * One command of the batch.
     *
     * @param due what has to be in the log before the command's offset may be committed
     * @param claim empty where the command is stepped over
     */
    record Entry(Taken taken, Optional<ProducerRecord<byte[], byte[]>> due, Optional<ClaimedAttempt> claim) {

        CommandPosition position() {
            return new CommandPosition(taken.source().topic(), taken.source().partition(), taken.source().offset());
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Tenure, Long> positions = new LinkedHashMap<>();

    /**
     * Adds the next command of its partition.
     *
     * @throws IllegalStateException where one of its partition that comes later is in already
     */
    void add(Entry entry) {
        Tenure tenure = entry.taken().tenure();
        long offset = entry.taken().source().offset();
        long position = positions.getOrDefault(tenure, 0L);
        if (offset < position) {
            throw new IllegalStateException("Expected a command of %s from offset %d on, but got offset %d"
                    .formatted(tenure, position, offset));
        }
        positions.put(tenure, offset + 1);
        entries.add(entry);
    }

    /** The commands of one partition, in offset order. */
    List<Entry> of(Tenure tenure) {
        return entries.stream().filter(entry -> entry.taken().tenure().equals(tenure)).toList();
    }

    /** Whether another copy of this attempt's command is in, from the same partition and so with the same fate. */
    boolean claims(Tenure tenure, JobId job, int attempt) {
        return entries.stream()
                .filter(entry -> entry.taken().tenure().equals(tenure))
                .flatMap(entry -> entry.claim().stream())
                .anyMatch(claim -> claim.job().equals(job) && claim.number() == attempt);
    }

    /** What is to run, once it is won. */
    List<ClaimedAttempt> claims() {
        return entries.stream().flatMap(entry -> entry.claim().stream()).toList();
    }

    /** What has to be in the log before any offset of the batch is committed. */
    List<ProducerRecord<byte[], byte[]>> due() {
        return entries.stream().flatMap(entry -> entry.due().stream()).toList();
    }

    /** For each partition of the batch, the offset after its last command. */
    Map<Tenure, Long> positions() {
        return Map.copyOf(positions);
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
