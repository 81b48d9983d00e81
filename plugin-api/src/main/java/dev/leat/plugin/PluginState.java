package dev.leat.plugin;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A small map that all workers share which host the plugin, and that outlives them: a model that a job has trained, a
 * cursor into a feed, a switch. Leat implements it.
 *
 * <p>Every worker has a copy of it in memory, so reading is as cheap as from a map. A change shows in the worker that makes
 * it as soon as {@code put} or {@code remove} returns, and in all others within a second while Kafka is well. Of changes of
 * one key that meet, the last one counts, in the same order for all workers; there are no transactions. What each job
 * needs for itself belongs into its input, its {@linkplain JobContext#checkpoint(byte[]) checkpoint} or its result, and
 * large data into a store of its own, with its address in here.
 *
 * <pre>{@code
 * OptionalLong version = context.state().version("model");   // first the version, then the value: never a stale pair
 * if (!version.equals(memo.version())) {
 *     memo = new Memo(version, Model.read(context.state().get("model").orElseThrow()));
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> All methods may be called from any thread. Only {@code put} and {@code remove} block.
 */
public interface PluginState {

    /** How long a key may be, in characters. */
    int MAX_KEY = 200;

    /** How large one value may be, in bytes. */
    int MAX_BYTES = 900_000;

    /** How many keys a plugin may have. */
    int MOST_KEYS = 1_000;

    /** How much all values of a plugin may be together, in bytes. */
    long MAX_TOTAL_BYTES = 16L * 1024 * 1024;

    /** A copy of the key's value; empty where it has none. */
    Optional<byte[]> get(String key);

    /**
     * The key's value, as the record that was put.
     *
     * @param type the record's class; an older or newer version of it will do if the JSON of one fits the other
     * @throws IllegalStateException if the value is not such a record
     */
    <S extends Record> Optional<S> get(String key, Class<S> type);

    /**
     * Changes with each change of the key's value, and is the same in all workers for the same value; empty where the key
     * has none. For what is made from a value and kept for as long as that stays the same. It goes up.
     */
    OptionalLong version(String key);

    /**
     * Gives the key this value, for all workers. Returns when Kafka has acknowledged it.
     *
     * @param key of 1 to {@value #MAX_KEY} characters
     * @param value of at most {@value #MAX_BYTES} bytes
     * @throws IllegalArgumentException if the key or the value is out of its range
     * @throws IllegalStateException if the plugin would have more than {@value #MOST_KEYS} keys or more than {@value
     *     #MAX_TOTAL_BYTES} bytes with it
     * @throws NotAcknowledgedException if Kafka does not acknowledge it in time; it may be changed all the same
     * @throws InterruptedException if the thread is interrupted while it waits, for instance because the attempt is to
     *     stop; it may be changed all the same
     */
    void put(String key, byte[] value) throws InterruptedException;

    /** As {@link #put(String, byte[])}, with the record's JSON in UTF-8. */
    void put(String key, Record value) throws InterruptedException;

    /**
     * Takes the key away, for all workers; does nothing where it is not there. Returns when Kafka has acknowledged it.
     *
     * @throws NotAcknowledgedException as {@link #put(String, byte[])}
     * @throws InterruptedException as {@link #put(String, byte[])}
     */
    void remove(String key) throws InterruptedException;
}
