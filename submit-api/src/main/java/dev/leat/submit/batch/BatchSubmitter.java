package dev.leat.submit.batch;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Origin;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchFlow;
import dev.leat.domain.batch.BatchId;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.capacity.QueueDepths;

/**
 * Submits batches, and asks for their end. Thread-safe; callers block.
 *
 * <p>Invariant: who gets an answer has a batch all of whose operations are in the log on all in-sync replicas. Who gets a
 * problem has none of them, unless the problem says that nobody knows, and names the batch.
 */
public final class BatchSubmitter {

    /** Each may take as much memory as the largest batch. */
    private static final int AT_A_TIME = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BatchBodyReader reader;
    private final BatchDraft.Parts parts;
    private final QueueDepths queues;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_A_TIME, true);

    /** How the body of a batch is written. */
    public enum Form {
        /** One JSON object. */
        OBJECT,
        /** A line for each operation. */
        LINES
    }

    /** A batch that is in the log. */
    public record Accepted(Batch batch, CommandPosition position) {}

    /**
     * Makes one.
     *
     * @param json the JSON of Leat
     * @param random thread-safe
     */
    public BatchSubmitter(ObjectMapper json, BatchDraft.Parts parts, QueueDepths queues, RandomGenerator random,
            InstantSource clock) {
        this.reader = new BatchBodyReader(json);
        this.parts = parts;
        this.queues = queues;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Submits a batch.
     *
     * @param body read to its end, or until it is certain that it is refused
     * @throws ProblemException where anything is wrong with any operation, too many jobs wait, or Kafka or the registry is
     *         away
     */
    public Accepted submit(InputStream body, Form form) {
        BoundedBody bounded = new BoundedBody(body, parts.limit());
        try {
            return submitInTurn(bounded, form);
        } catch (ProblemException refused) {
            bounded.passOver();
            throw refused;
        }
    }

    private Accepted submitInTurn(BoundedBody body, Form form) {
        if (!takePlace()) {
            throw ApiProblems.tooManyBatches(AT_A_TIME);
        }
        try {
            return submitInPlace(body, form);
        } finally {
            places.release();
        }
    }

    /**
     * The records of a batch that has been ordered, in order; how many jobs wait makes no difference.
     *
     * @param body one JSON object
     * @throws ProblemException where anything is wrong with any operation, or the registry is away
     */
    public List<byte[]> prepare(BatchId id, byte[] body, Optional<Origin> origin) {
        BatchDraft draft = new BatchDraft(id, now(), parts);
        reader.readObject(new BoundedBody(new ByteArrayInputStream(body), parts.limit()), draft);
        return draft.finish(origin).records();
    }

    /**
     * Whether a batch would be accepted if there was room for it.
     *
     * @param body one JSON object
     * @throws ProblemException where it would not be
     */
    public void check(byte[] body) {
        var _ = prepare(BatchId.draw(now(), random), body, Optional.empty());
    }

    private boolean takePlace() {
        try {
            return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Accepted submitInPlace(BoundedBody body, Form form) {
        Instant now = now();
        BatchId id = BatchId.draw(now, random);
        BatchDraft draft = new BatchDraft(id, now, parts);
        switch (form) {
            case OBJECT -> reader.readObject(body, draft);
            case LINES -> reader.readLines(body, draft);
        }
        BatchDraft.Finished finished = draft.finish(Optional.empty());
        queues.admitAll(finished.byPlugin());
        CommandPosition position = parts.log().open(id, finished.records());
        return new Accepted(new BatchFlow(1).opened(id, Optional.empty(), finished.spec()), position);
    }

    /**
     * Asks for the end of a batch.
     *
     * @throws ProblemException where Kafka or the registry is away
     */
    public CommandPosition cancel(BatchId id) {
        return parts.log().ask(id, new BatchEvent.CancelRequested(now()));
    }

    /**
     * Asks for a batch to be taken back; it is cancelled first.
     *
     * @throws ProblemException where Kafka or the registry is away
     */
    public CommandPosition rollBack(BatchId id) {
        return parts.log().ask(id, new BatchEvent.RollbackRequested(now()));
    }

    /** Avro keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
