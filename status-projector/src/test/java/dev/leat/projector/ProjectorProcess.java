package dev.leat.projector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.leat.testkit.KafkaCluster;

/** A projector in a process of its own, so that it can be killed. */
final class ProjectorProcess {

    private ProjectorProcess() {}

    /** Starts one like {@link RunningProjector#start}; what it writes ends up beside its state. */
    static Process start(KafkaCluster cluster, String prefix, Path stateDir) throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                ProjectorProcess.class.getName(), cluster.bootstrapServers(), cluster.schemaRegistryUrl(), prefix,
                stateDir.toString()).redirectErrorStream(true).redirectOutput(Path.of(stateDir + ".log").toFile())
                .start();
    }

    /** Ends with its parent: when its standard input does. */
    public static void main(String[] args) throws IOException {
        KafkaCluster cluster = new Given(args[0], args[1]);
        try (RunningProjector projector = RunningProjector
                .start(RunningProjector.settings(cluster, args[2], Map.of("leat.projector.state.dir", args[3])))) {
            List.of(projector).forEach(RunningProjector::awaitReady);
            while (System.in.read() >= 0) {
                // Nobody writes.
            }
        }
    }

    private record Given(String bootstrapServers, String schemaRegistryUrl) implements KafkaCluster {

        @Override
        public String newPrefix() {
            throw new UnsupportedOperationException("The prefix is the parent's to choose");
        }
    }
}
