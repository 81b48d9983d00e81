package dev.leat.domain.projection;

import java.util.Optional;

import dev.leat.domain.Job;

/** Who has which key in a partition. A key belongs to the partition that Kafka's default partitioner gives for it. */
public interface KeyHolders {

    /** The job that has the key. */
    Optional<Job> holderOf(String key);

    /** Whether the key belongs to this partition. */
    boolean isHome(String key);
}
