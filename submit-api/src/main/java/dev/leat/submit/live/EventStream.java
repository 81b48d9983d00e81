package dev.leat.submit.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;

import dev.leat.runtime.http.ProblemException;

/**
 * The body of one response with server-sent events: a virtual thread writes it, no faster than the client reads.
 *
 * <p>The thread lives from the subscription to the end of the script, or to the end of the connection, which interrupts
 * it. Subscribed to once.
 */
final class EventStream implements Publisher<ReadBuffer> {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    /** How often a writer that waits for its reader looks whether it is to go on waiting. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Script script;

    /** Writes the events of one stream, and cleans up after them. */
    interface Script extends AutoCloseable {

        /** Runs to the end of the stream. */
        void run(Writer writer) throws InterruptedException, ReaderTooSlowException;

        /** Whether it has so much to write by now that it is not to wait for its reader any longer. */
        boolean isOverrun();

        /** May come twice, and from another thread where the script has not run. */
        @Override
        void close();
    }

    /** The client did not read, and had to be dropped. */
    static final class ReaderTooSlowException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    EventStream(Script script) {
        this.script = script;
    }

    @Override
    public void subscribe(Subscriber<? super ReadBuffer> reader) {
        Writer writer = new Writer(reader);
        writer.thread = Thread.ofVirtual().name("leat-event-stream").unstarted(() -> run(writer));
        reader.onSubscribe(writer);
        writer.thread.start();
    }

    private void run(Writer writer) {
        try (script) {
            script.run(writer);
            writer.end(Optional.empty());
        } catch (InterruptedException connectionGone) {
            LOG.debug("The reader of a stream has gone");
        } catch (ReaderTooSlowException slow) {
            writer.end(Optional.of(slow));
        } catch (ProblemException unavailable) {
            LOG.info("A stream ends before its time, and its client comes back: {}", unavailable.getMessage());
            writer.end(Optional.empty());
        } catch (RuntimeException e) {
            LOG.warn("Expected to write a stream of events, but: {}", e.getMessage(), e);
            writer.end(Optional.of(e));
        }
    }

    /** Writes events. For the thread of the stream; the server asks for more and ends it from any thread. */
    final class Writer implements Subscription {

        private final Subscriber<? super ReadBuffer> reader;
        private final Semaphore demand = new Semaphore(0);
        private volatile Thread thread = Thread.currentThread();
        private volatile boolean cancelled;

        private Writer(Subscriber<? super ReadBuffer> reader) {
            this.reader = reader;
        }

        /** Says how soon a client that has lost its connection is to come back. */
        void begin() throws InterruptedException, ReaderTooSlowException {
            write("retry: " + RETRY.toMillis() + "\n\n");
        }

        /** An event; its data must be JSON, in which there are no line breaks but those between members. */
        void event(String name, String id, String data) throws InterruptedException, ReaderTooSlowException {
            write("event: " + name + "\nid: " + id + "\ndata: " + data.replace('\r', ' ').replace('\n', ' ') + "\n\n");
        }

        /** Shows that the connection lives, and tells the client from where to go on, without an event. */
        void heartbeat(String id) throws InterruptedException, ReaderTooSlowException {
            write(": heartbeat\nid: " + id + "\n\n");
        }

        private void write(String text) throws InterruptedException, ReaderTooSlowException {
            while (!demand.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                checkConnected();
                if (script.isOverrun()) {
                    throw new ReaderTooSlowException();
                }
            }
            checkConnected();
            reader.onNext(ReadBufferFactory.getJdkFactory().adapt(text.getBytes(StandardCharsets.UTF_8)));
        }

        private void checkConnected() throws InterruptedException {
            if (cancelled) {
                throw new InterruptedException("The connection is gone");
            }
        }

        private void end(Optional<? extends Throwable> reason) {
            if (!cancelled) {
                reason.ifPresentOrElse(reader::onError, reader::onComplete);
            }
        }

        @Override
        public void request(long more) {
            demand.release((int) Math.min(more, 1_000));
        }

        @Override
        public void cancel() {
            cancelled = true;
            thread.interrupt();
        }
    }
}
