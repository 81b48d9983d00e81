package dev.leat.worker.claim;

import java.time.Duration;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Ends a poll from another thread, and nothing but a poll: {@link Consumer#wakeup} hits whatever call comes next, and a
 * commit must never be hit, for its outcome would be unknown.
 *
 * <pre>
 *             poll begins              wake()
 *    AWAKE ----------------&gt; POLLING ---------&gt; WOKEN     consumer.wakeup() is called here and nowhere else
 *     ^  \ wake()             |                   |
 *     |   `----&gt; DUE --(the next poll does not block)
 *     `-----------------------'-------------------'       poll ends; WOKEN: only once the wakeup has been thrown
 * </pre>
 *
 * <p>{@link #poll} is for the consumer's thread, {@link #wake} for any. The monitor guards the state.
 */
final class PollWaker {

    private enum State {
        AWAKE, DUE, POLLING, WOKEN
    }

    private final Consumer<byte[], byte[]> consumer;
    private State state = State.AWAKE;

    PollWaker(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Polls as the consumer does, but for no longer than until the next {@link #wake}. */
    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Duration patience = begin() ? Duration.ZERO : timeout;
        boolean thrown = false;
        try {
            return consumer.poll(patience);
        } catch (WakeupException _) {
            thrown = true;
            return ConsumerRecords.empty();
        } finally {
            if (end() && !thrown) {
                takeWakeup();
            }
        }
    }

    /** Ends the poll that is on, or keeps the next one from blocking. */
    synchronized void wake() {
        if (state == State.AWAKE) {
            state = State.DUE;
        } else if (state == State.POLLING) {
            consumer.wakeup();
            state = State.WOKEN;
        }
    }

    /** Whether somebody has called {@link #wake} since the last poll. */
    private synchronized boolean begin() {
        boolean due = state == State.DUE;
        state = State.POLLING;
        return due;
    }

    /** Whether the consumer has been woken during the poll. */
    private synchronized boolean end() {
        boolean woken = state == State.WOKEN;
        state = State.AWAKE;
        return woken;
    }

    /** The wakeup came after the poll had what it returned: it is taken here, or it would hit the next call. */
    private void takeWakeup() {
        try {
            if (!consumer.poll(Duration.ZERO).isEmpty()) {
                throw new IllegalStateException("Expected the poll to end by the pending wakeup, but it gave records");
            }
        } catch (WakeupException _) {
            // Taken.
        }
    }
}
