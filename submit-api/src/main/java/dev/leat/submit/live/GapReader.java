package dev.leat.submit.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

import dev.leat.domain.JobId;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.submit.ApiProblems;

/**
 * Reads again what lies between two places in the log, for those who come back. All who ask while it reads are served by
 * its next reading together: a gateway's watchers come back at once when it has been restarted.
 *
 * <p>One thread owns the consumer, which is closed when nobody has asked for a while. Thread-safe; callers block.
 */
final class GapReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LINGER = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_AT_ONCE = 500;

    private final KafkaClients clients;
    private final FactReader reader;
    private final long mostRecords;
    private final BlockingQueue<Gap> asked = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("leat-live-gaps").unstarted(this::run);
    private volatile Optional<Consumer<byte[], byte[]>> current = Optional.empty();
    private volatile boolean closed;

    /** From one offset to before another. */
    private record Range(long from, long to) {

        Range with(Range other) {
            return new Range(Math.min(from, other.from), Math.max(to, other.to));
        }

        boolean contains(long offset) {
            return offset >= from && offset < to;
        }
    }

    /** What somebody asks for, and where it goes. */
    private record Gap(Map<TopicPartition, Range> ranges, Optional<JobId> job, List<LoggedFact> facts,
            CompletableFuture<List<LoggedFact>> answer) {

        boolean wants(ConsumerRecord<byte[], byte[]> rawRecord, JobId id) {
            Range range = ranges.getOrDefault(new TopicPartition(rawRecord.topic(), rawRecord.partition()),
                    new Range(0, 0));
            return range.contains(rawRecord.offset()) && job.map(id::equals).orElse(true);
        }
    }

    /** @param mostRecords how many offsets a gap may span */
    GapReader(KafkaClients clients, FactReader reader, long mostRecords) {
        this.clients = clients;
        this.reader = reader;
        this.mostRecords = mostRecords;
    }

    /**
     * The facts from one place to before another, each partition in its order.
     *
     * @param job whose facts; empty for those of all jobs
     * @throws PositionGoneException where they are no longer there, or are too many
     * @throws dev.leat.runtime.http.ProblemException 503 where Kafka does not answer
     */
    List<LoggedFact> read(LogPosition from, LogPosition to, Optional<JobId> job) throws PositionGoneException {
        Map<TopicPartition, Range> ranges = ranges(from, to);
        if (ranges.isEmpty()) {
            return List.of();
        }
        if (ranges.values().stream().mapToLong(range -> range.to() - range.from()).sum() > mostRecords) {
            throw new PositionGoneException("Expected at most " + mostRecords + " records to read again");
        }
        Gap gap = new Gap(ranges, job, new ArrayList<>(), new CompletableFuture<>());
        start();
        asked.add(gap);
        if (closed) {
            giveUp(asked);
        }
        return answer(gap);
    }

    private static List<LoggedFact> answer(Gap gap) throws PositionGoneException {
        try {
            return gap.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PositionGoneException gone) {
                throw gone;
            }
            if (e.getCause() instanceof ProblemException stopping) {
                throw stopping;
            }
            throw ApiProblems.streamUnavailable("Kafka does not say what happened.");
        } catch (TimeoutException e) {
            throw ApiProblems.streamUnavailable("Kafka does not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiProblems.streamUnavailable("The API stops.");
        }
    }

    private Map<TopicPartition, Range> ranges(LogPosition from, LogPosition to) {
        Map<TopicPartition, Range> ranges = new HashMap<>();
        to.next().forEach((topic, offsets) -> offsets.forEach((partition, end) -> {
            long begin = from.next(topic, partition);
            if (begin < end) {
                ranges.put(new TopicPartition(reader.fullName(topic), partition), new Range(begin, end));
            }
        }));
        return ranges;
    }

    private synchronized void start() {
        if (thread.getState() == Thread.State.NEW && !closed) {
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            try {
                Gap first = asked.take();
                serve(first);
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }

    /** Serves all who ask, until nobody has for a while. */
    private void serve(Gap first) throws InterruptedException {
        List<Gap> gaps = new ArrayList<>(List.of(first));
        Consumer<byte[], byte[]> consumer = clients.consumer("live-gaps");
        try {
            current = Optional.of(consumer);
            while (!gaps.isEmpty() && !closed) {
                asked.drainTo(gaps, MOST_AT_ONCE);
                readFor(consumer, gaps);
                gaps = new ArrayList<>(
                        Optional.ofNullable(asked.poll(LINGER.toMillis(), TimeUnit.MILLISECONDS)).stream().toList());
            }
        } catch (RuntimeException e) {
            gaps.forEach(gap -> gap.answer().completeExceptionally(e));
        } finally {
            current = Optional.empty();
            giveUp(gaps);
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private static void giveUp(Collection<Gap> gaps) {
        gaps.forEach(gap -> gap.answer().completeExceptionally(ApiProblems.streamUnavailable("The API stops.")));
    }

    private void readFor(Consumer<byte[], byte[]> consumer, List<Gap> gaps) {
        Map<TopicPartition, Range> wanted = new HashMap<>();
        gaps.forEach(gap -> gap.ranges()
                .forEach((partition, range) -> wanted.merge(partition, range, Range::with)));
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(wanted.keySet());
        List<Gap> there = gaps.stream().filter(gap -> isThere(gap, beginnings)).toList();
        List<ConsumerRecord<byte[], byte[]>> records = readRanges(consumer, wanted);
        for (ConsumerRecord<byte[], byte[]> rawRecord : records) {
            Optional<JobId> job = reader.job(rawRecord);
            List<Gap> takers = job
                    .map(id -> there.stream().filter(gap -> gap.wants(rawRecord, id)).toList())
                    .orElse(List.of());
            if (!takers.isEmpty()) {
                reader.read(rawRecord, job.orElseThrow())
                        .ifPresent(fact -> takers.forEach(gap -> gap.facts().add(fact)));
            }
        }
        there.forEach(gap -> gap.answer().complete(gap.facts()));
    }

    private static boolean isThere(Gap gap, Map<TopicPartition, Long> beginnings) {
        boolean there = gap.ranges()
                .entrySet()
                .stream()
                .allMatch(range -> beginnings.getOrDefault(range.getKey(), 0L) <= range.getValue().from());
        if (!there) {
            gap.answer().completeExceptionally(
                    new PositionGoneException("Expected records that Kafka has deleted by now"));
        }
        return there;
    }

    /** Records of other jobs are only held until the reading is done, and only as far as a gap may go. */
    private List<ConsumerRecord<byte[], byte[]>> readRanges(Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Range> wanted) {
        Map<TopicPartition, Range> left = new HashMap<>(wanted);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.assign(left.keySet());
        // Kafka remembers of partitions that stay assigned that the last reading paused them.
        consumer.resume(consumer.paused());
        left.forEach((partition, range) -> consumer.seek(partition, range.from()));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!left.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new WakeupException();
            }
            consumer.poll(POLL).forEach(records::add);
            left.entrySet().removeIf(range -> consumer.position(range.getKey()) >= range.getValue().to());
            consumer.pause(consumer.assignment().stream().filter(partition -> !left.containsKey(partition)).toList());
        }
        return records;
    }

    @Override
    public void close() {
        closed = true;
        current.ifPresent(Consumer::wakeup);
        thread.interrupt();
        giveUp(asked);
    }
}
