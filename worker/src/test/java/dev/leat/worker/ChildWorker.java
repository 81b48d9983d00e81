package dev.leat.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.leat.testkit.KafkaCluster;

/** A worker with a {@link RecordingPlugin} in a JVM of its own, to which a test may send signals. */
record ChildWorker(Process process, BufferedReader output) implements AutoCloseable {

    private static final String READY = "ready";

    /** Starts it, and returns when it is a member of its group. */
    static ChildWorker start(KafkaCluster cluster, String prefix, String lease) throws IOException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path"), ChildWorker.class.getName(), cluster.bootstrapServers(),
                cluster.schemaRegistryUrl(), prefix, lease);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        ChildWorker child = new ChildWorker(process, process.inputReader());
        child.awaitReady();
        return child;
    }

    private void awaitReady() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(READY)) {
                // Nobody reads on: the child must not block because of what it logs.
                Thread.ofPlatform().daemon().start(() -> output.lines().forEach(_ -> {}));
                return;
            }
            lines.add(line);
        }
        throw new AssertionError("Expected the child to say that it is ready, but it ended after " + lines);
    }

    /** Sends it a signal, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new AssertionError("Expected kill -" + name + " to succeed, but it ended with " + exit);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The child. */
    public static void main(String[] arguments) throws InterruptedException {
        WorkerRig rig = new WorkerRig(arguments[0], arguments[1], arguments[2],
                Map.of("leat.worker.lease", arguments[3], "leat.worker.heartbeat.interval", "200ms"),
                new RecordingPlugin("test"));
        var _ = rig.startWorker();
        System.out.println(READY);
        Thread.currentThread().join();
    }
}
