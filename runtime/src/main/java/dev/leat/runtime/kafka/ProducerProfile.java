package dev.leat.runtime.kafka;

import java.time.Duration;

/**
 * What a producer is for and how patient it is.
 *
 * @param purpose  part of its client id: lower-case words with dashes ("worker-facts")
 * @param linger   how long a record may wait for company; zero or a millisecond where somebody waits for the ack
 * @param patience how long a send may take, acknowledgement and retries included, before it fails; the same bound holds
 *                 for the wait for metadata or buffer space before it
 */
public record ProducerProfile(String purpose, Duration linger, Duration patience) {

    public ProducerProfile {
        if (patience.compareTo(linger.plusSeconds(1)) < 0) {
            throw new IllegalArgumentException("Expected the patience of producer " + purpose
                    + " to be at least a second more than its linger of " + linger + ", but was " + patience);
        }
    }
}
