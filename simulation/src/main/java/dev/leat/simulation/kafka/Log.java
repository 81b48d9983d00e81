package dev.leat.simulation.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.TopicPartition;

/** One partition of a topic. */
public final class Log {

    private final TopicPartition name;
    private final List<LogRecord> records = new ArrayList<>();
    private final List<Tail> readers = new ArrayList<>();
    private int stable;

    Log(TopicPartition name) {
        this.name = name;
    }

    public TopicPartition name() {
        return name;
    }

    void append(Object key, Object value, long nanos, Optional<Transaction> transaction) {
        transaction.ifPresent(own -> own.touch(this));
        records.add(new LogRecord(records.size(), key, value, nanos, transaction));
        wakeReaders();
    }

    /** Up to where readers of committed records can read: before the first record of an open transaction. */
    public long stableEnd() {
        while (stable < records.size() && !records.get(stable).isOpen()) {
            stable++;
        }
        return stable;
    }

    /** The offset after the last committed record; empty logs and those of aborted records only end at 0. */
    public long committedEnd() {
        for (int offset = records.size() - 1; offset >= 0; offset--) {
            if (records.get(offset).isCommitted()) {
                return offset + 1L;
            }
        }
        return 0;
    }

    /** The record at an offset that there is. */
    public LogRecord get(long offset) {
        return records.get((int) offset);
    }

    /** All records that were committed. */
    public List<LogRecord> committed() {
        return records.stream().filter(LogRecord::isCommitted).toList();
    }

    void add(Tail reader) {
        readers.add(reader);
    }

    void remove(Tail reader) {
        readers.remove(reader);
    }

    void wakeReaders() {
        List.copyOf(readers).forEach(Tail::wake);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
