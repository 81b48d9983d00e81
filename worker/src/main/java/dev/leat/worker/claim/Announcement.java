package dev.leat.worker.claim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a batch on their way to the log. What is refused is sent again, byte for byte: a fact that counts twice
 * counts once. A dead letter that is too large for its topic is sent without what made it so; it still says where the
 * record stands.
 *
 * <p>For the consumer's thread.
 */
final class Announcement {

    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);
    /** What the names of Leat's own headers begin with. */
    private static final String HEADER_PREFIX = "leat-";
    private static final int MAX_KEY = 1_000;

    private final Producer<byte[], byte[]> producer;
    private final Map<ProducerRecord<byte[], byte[]>, CompletableFuture<RecordMetadata>> sent = new LinkedHashMap<>();
    private boolean blocked;

    Announcement(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        this.producer = producer;
        records.forEach(due -> sent.put(due, send(due)));
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> due) {
        if (blocked) {
            return CompletableFuture.failedFuture(new TimeoutException("the producer has no room"));
        }
        CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();
        var _ = producer.send(due, (metadata, failure) -> {
            if (failure == null) {
                answer.complete(metadata);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        // Failed before it was sent: the call has blocked for a while, and would again for each record of the batch.
        blocked = answer.isCompletedExceptionally() && answer.exceptionNow() instanceof TimeoutException;
        return answer;
    }

    /**
     * Waits for the acknowledgements.
     *
     * @return whether all of them have come; where one was refused, it is on its way again
     */
    boolean await(Duration timeout) throws InterruptedException {
        try {
            CompletableFuture<?> all = CompletableFuture.allOf(sent.values().toArray(CompletableFuture[]::new));
            var _ = all.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            sendRefusedAgain();
            return false;
        }
    }

    private void sendRefusedAgain() {
        blocked = false;
        sent.replaceAll((due, answer) -> answer.isCompletedExceptionally() ? again(due, answer) : answer);
    }

    private CompletableFuture<RecordMetadata> again(ProducerRecord<byte[], byte[]> due,
            CompletableFuture<RecordMetadata> answer) {
        Throwable refusal = answer.exceptionNow();
        LOG.warn("Expected {} to take a record, but it refused and is asked again: {}", due.topic(),
                refusal.toString());
        return send(refusal instanceof RecordTooLargeException ? stripped(due) : due);
    }

    /** What of a dead letter fits for sure: Leat's own headers, and the key if it is a short one. */
    private static ProducerRecord<byte[], byte[]> stripped(ProducerRecord<byte[], byte[]> due) {
        List<Header> own = Stream.of(due.headers().toArray())
                .filter(header -> header.key().startsWith(HEADER_PREFIX))
                .toList();
        byte[] key = due.key();
        return new ProducerRecord<>(due.topic(), null, key == null || key.length > MAX_KEY ? null : key, null, own);
    }
}
