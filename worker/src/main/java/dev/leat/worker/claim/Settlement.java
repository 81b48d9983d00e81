package dev.leat.worker.claim;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.leat.worker.claim.PartitionBuffers.Tenure;

/**
 * Finds out, partition by partition, whether a batch's commit was won. Pure: it says what is open, is told what came of
 * it, and goes from {@link Verdict#OPEN} to a verdict that is final.
 *
 * <pre>
 *                                      accepted
 *    OPEN, sure ----------------------------------------------------------------&gt; WON
 *      |    \                                                                      ^
 *      |     `-- any other answer, or none --&gt; OPEN, in doubt ---------------------+
 *      |                                         |   told: our tenure got there, or accepted the second time
 *      | tenure over                             |
 *      v                                         |
 *    LOST &lt;--------------------------------------'
 *            told: our tenure did not get there, and is over
 * </pre>
 *
 * <p>Why this is right:
 * <ul>
 * <li>A commit names a partition only while its tenure lasts, so an accepted commit was the owner's.
 * <li>Anything but an acceptance is no proof: Kafka's client tries a commit several times, and a refusal answers the
 * last try only.
 * <li>The committed {@link Lineage} says how far our tenure got, also when others have committed since.
 * <li>What our tenure had not reached when it was over, it never reaches: the group refuses the commits of a member that
 * it has expelled, and a member that is alive sends none for what it does not own. The next owner begins where our
 * tenure ended, and claims anew.
 * </ul>
 *
 * <p>Not thread-safe; for one batch and the consumer's thread.
 */
public final class Settlement {

    /** What is known of a partition's commit. */
    public enum Verdict {
        OPEN,
        /** The batch's commands of the partition are this worker's. */
        WON,
        /** They are not, and will be claimed by whoever owns the partition next. */
        LOST,
        /** So many others have owned the partition since that nobody can tell any more. */
        UNKNOWN
    }

    private final Map<Tenure, Long> positions;
    private final Map<Tenure, Verdict> verdicts = new LinkedHashMap<>();
    private final Set<Tenure> inDoubt = new HashSet<>();

    /** @param positions for each partition of the batch, the offset after its last command */
    public Settlement(Map<Tenure, Long> positions) {
        this.positions = Map.copyOf(positions);
        positions.keySet().forEach(tenure -> verdicts.put(tenure, Verdict.OPEN));
    }

    /** What is known of a partition of the batch. */
    public Verdict verdict(Tenure tenure) {
        position(tenure);
        return verdicts.getOrDefault(tenure, Verdict.OPEN);
    }

    public boolean isSettled() {
        return !verdicts.containsValue(Verdict.OPEN);
    }

    /** Closes what is open, surely not committed, and no longer held. */
    public void forgoLost(Predicate<Tenure> held) {
        open().stream()
                .filter(tenure -> !held.test(tenure) && !inDoubt.contains(tenure))
                .forEach(tenure -> verdicts.put(tenure, Verdict.LOST));
    }

    /** The partitions to commit now. */
    public List<Tenure> committable(Predicate<Tenure> held) {
        return open().stream().filter(held).toList();
    }

    /** The offset after the partition's last command. */
    public long position(Tenure tenure) {
        @Nullable
        Long position = positions.get(tenure);
        if (position == null) {
            throw new IllegalArgumentException("Expected a partition of the batch, but got " + tenure);
        }
        return position;
    }

    /** The group took the commit. */
    public void accepted(Collection<Tenure> committed) {
        committed.forEach(tenure -> verdicts.put(tenure, Verdict.WON));
    }

    /** The commit did not succeed, or nobody said so. */
    public void unsure(Collection<Tenure> committed) {
        inDoubt.addAll(committed);
    }

    /** The open partitions of which a commit may or may not have been taken. */
    public List<Tenure> doubtful() {
        return open().stream().filter(inDoubt::contains).toList();
    }

    /**
     * Takes the group's word for where the doubtful partitions are committed.
     *
     * @param committed a partition without an entry has never been committed
     * @param heldBefore whether the tenure lasted when the group was asked, as far as this worker knew
     */
    public void told(Map<TopicPartition, OffsetAndMetadata> committed, Predicate<Tenure> heldBefore) {
        for (Tenure tenure : doubtful()) {
            @Nullable
            OffsetAndMetadata there = committed.get(tenure.partition());
            verdicts.put(tenure, there == null
                    ? openOrLost(heldBefore.test(tenure))
                    : verdict(tenure, there, heldBefore.test(tenure)));
        }
    }

    private Verdict verdict(Tenure tenure, OffsetAndMetadata there, boolean held) {
        Lineage lineage = Lineage.parse(there.metadata());
        OptionalLong reached = lineage.reachedBy(tenure.id(), there.offset());
        if (reached.isPresent() && reached.getAsLong() >= position(tenure)) {
            return Verdict.WON;
        }
        if (there.offset() >= position(tenure)) {
            // Somebody else has got there: this worker has been expelled, whether it knows it yet or not.
            return reached.isEmpty() && lineage.isCut() ? Verdict.UNKNOWN : Verdict.LOST;
        }
        return openOrLost(held);
    }

    private static Verdict openOrLost(boolean held) {
        return held ? Verdict.OPEN : Verdict.LOST;
    }

    private List<Tenure> open() {
        return verdicts.keySet().stream().filter(tenure -> verdicts.get(tenure) == Verdict.OPEN).toList();
    }
}
