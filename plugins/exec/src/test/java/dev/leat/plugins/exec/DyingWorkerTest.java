package dev.leat.plugins.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is killed takes its commands with it; what it leaves in the file system goes at the next start. */
@Tag("process")
class DyingWorkerTest {

    @TempDir
    private Path folder;

    /** Stands for a worker, in a process of its own. */
    static final class Worker {

        private Worker() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path folder = Path.of(arguments[0]);
            StagingArea staging = new StagingArea(folder.resolve("staging"), ProcessHandle.current());
            staging.open();
            StagedDirectory directory = staging.stage(new UUID(0, 1), 1);
            Launch launch = new Launch(List.of("/bin/sh", "-c", """
                    trap '' TERM
                    nohup sleep 600 > /dev/null 2>&1 &
                    echo $$ $! > "$0.new"
                    mv "$0.new" "$0"
                    wait""", folder.resolve("pids").toString()), directory.work(), Map.of("PATH", "/usr/bin:/bin"));
            CommandRunner.End end = new CommandRunner(Containment.ofThisMachine(), Duration.ofSeconds(2)).run(launch,
                    CommandLimits.DEFAULT, new byte[0], (_, _) -> {});
            throw new IllegalStateException("Expected to be killed before the command ends, but got " + end);
        }
    }

    @Test
    void shouldNotBeOutlivedByItsCommands() throws Exception {
        assumeTrue(Containment.ofThisMachine().setsid().isPresent(), "with setsid");
        Process worker = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Worker.class.getName(), folder.toString())
                .redirectErrorStream(true).redirectOutput(Redirect.to(folder.resolve("log").toFile())).start();
        Path pids = folder.resolve("pids");
        await().atMost(ContainmentTest.PATIENCE).until(() -> Files.exists(pids));
        List<ProcessHandle> processes = List.of(Files.readString(pids).strip().split(" ")).stream()
                .map(Long::parseLong).map(ProcessHandle::of).flatMap(Optional::stream).toList();
        assertThat(processes).hasSize(2).allMatch(ProcessHandle::isAlive);

        assertThat(worker.destroyForcibly().waitFor()).isEqualTo(128 + 9);

        ContainmentTest.assertDead(processes);
        Path staging = folder.resolve("staging");
        assertThat(staging).isNotEmptyDirectory();
        StagingArea next = new StagingArea(staging, ProcessHandle.current());
        next.open();
        next.close();
        assertThat(staging).isEmptyDirectory();
    }
}
