package dev.leat.projector.topology;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import dev.leat.domain.JobId;
import dev.leat.projector.Samples;

/** A test of the topology, and a job for it. */
abstract class OnBench {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;
    @SuppressWarnings("NullAway.Init") // set before each test
    TopologyBench bench;
    final JobId id = Samples.id();

    @BeforeEach
    void start() {
        bench = new TopologyBench(folder.resolve("bench"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }
}
