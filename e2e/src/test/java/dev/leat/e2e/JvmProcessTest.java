package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to processes has to happen to them, or the tests that do it prove nothing. */
@Tag("process")
class JvmProcessTest {

    private static final int HEAP = 32;

    @TempDir
    Path folder;

    @Test
    void shouldStopCountingWhileSuspendedAndGoOnWhenResumed() throws Exception {
        try (JvmProcess process = counting()) {
            process.start();
            awaitCountAbove(0);

            process.suspend();
            assertThat(process.isAlive()).isTrue();
            // The signal may come a moment after it was sent.
            AtomicInteger last = new AtomicInteger();
            Awaitility.await().during(Duration.ofMillis(500)).until(() -> last.getAndSet(count()) == last.get());

            process.resume();
            awaitCountAbove(last.get());
        }
    }

    @Test
    void shouldLetAStoppedProcessEndInOrder() throws Exception {
        try (JvmProcess process = counting()) {
            process.start();

            process.stop();

            assertThat(folder.resolve("orderly-end")).exists();
        }
    }

    @Test
    void shouldKillASuspendedProcessAndStartItAgain() throws Exception {
        try (JvmProcess process = counting()) {
            process.start();
            process.suspend();
            process.kill();
            assertThat(process.isAlive()).isFalse();
            assertThat(folder.resolve("orderly-end")).doesNotExist();

            Files.delete(folder.resolve("count"));
            process.start();
            awaitCountAbove(0);
        }
    }

    @Test
    void shouldEndProcessesOfAProcessThatWasKilled() throws Exception {
        try (JvmProcess holder = new JvmProcess(folder.resolve("holder.log"), Holder.class.getName(), HEAP,
                List.of(folder.toString()))) {
            holder.start();
            awaitCountAbove(0);

            holder.kill();

            Awaitility.await("the suspended process of the killed one to end")
                    .atMost(Duration.ofSeconds(20))
                    .until(this::isCounterGone);
        }
    }

    @Test
    void shouldTellWhatAProcessWroteThatDoesNotGetReady() {
        try (JvmProcess process = new JvmProcess(folder.resolve("none.log"), "no.such.Main", HEAP, List.of())) {
            assertThatThrownBy(process::start).isInstanceOf(AssertionError.class).hasMessageContaining("no.such.Main");
        }
    }

    private JvmProcess counting() {
        return new JvmProcess(folder.resolve("counter.log"), Counter.class.getName(), HEAP, List.of(folder.toString()));
    }

    private void awaitCountAbove(int former) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> count() > former);
    }

    private int count() throws IOException {
        Path file = folder.resolve("count");
        return Files.exists(file) ? (int) Files.size(file) : 0;
    }

    /** A lock goes with its process; the process itself can be seen until somebody has asked how it ended. */
    private boolean isCounterGone() throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve("count"), StandardOpenOption.WRITE)) {
            return file.tryLock() != null;
        }
    }

    /** Makes a file longer, byte by byte, and keeps it locked. */
    public static final class Counter {

        private static final Duration PAUSE = Duration.ofMillis(1);

        private Counter() {}

        /** Counts in the folder that is named first. */
        public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(Path.of(arguments[0]))));
            try (FileChannel file = FileChannel.open(Path.of(arguments[0], "count"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); FileLock _ = file.lock()) {
                System.out.println("Counter is ready at " + arguments[0]);
                while (true) {
                    file.write(ByteBuffer.allocate(1));
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }

    /** Takes longer than it takes to notice that nobody holds the process any more. */
    private static void endInOrder(Path folder) {
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        try {
            Files.createFile(folder.resolve("orderly-end"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a suspended process of its own. */
    public static final class Holder {

        private Holder() {}

        /** Suspends a counter in the folder that is named first. */
        public static void main(String[] arguments) throws Exception {
            JvmProcess counter = new JvmProcess(Path.of(arguments[0], "held.log"), Counter.class.getName(), HEAP,
                    List.of(arguments[0]));
            counter.start();
            counter.suspend();
            System.out.println("Holder is ready at " + counter.address());
            Thread.currentThread().join();
        }
    }
}
