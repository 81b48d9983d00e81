package dev.leat.e2e.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What is done to a process, for how long it is left so, and how it is made good. */
enum Damage {
    /** SIGKILL, then a new start. */
    KILLED(Duration.ofSeconds(1), Duration.ofSeconds(10)) {
        @Override
        void inject(Node node) throws InterruptedException {
            node.process().kill();
        }
    },
    /** SIGKILL and the loss of the folder that it could do without, then a new start. */
    KILLED_AND_STATE_DELETED(Duration.ofSeconds(1), Duration.ofSeconds(10)) {
        @Override
        void inject(Node node) throws IOException, InterruptedException {
            node.process().kill();
            delete(node.state().orElseThrow());
        }
    },
    /** SIGTERM and an orderly end, then a new start. */
    STOPPED(Duration.ofSeconds(1), Duration.ofSeconds(10)) {
        @Override
        void inject(Node node) throws InterruptedException {
            node.process().stop();
        }
    },
    /** SIGSTOP, for longer than most timeouts, then SIGCONT. */
    SUSPENDED(Duration.ofSeconds(3), Duration.ofSeconds(25)) {
        @Override
        void inject(Node node) throws IOException {
            node.process().suspend();
        }

        @Override
        void heal(Node node) throws IOException, InterruptedException {
            node.process().resume();
        }
    };

    private final Duration shortest;
    private final Duration longest;

    Damage(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
    }

    abstract void inject(Node node) throws IOException, InterruptedException;

    /** Returns when the process is ready again. */
    void heal(Node node) throws IOException, InterruptedException {
        node.process().start();
    }

    /** For how long it is left so, this time. */
    Duration outage(RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
