package dev.leat.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three minutes of chaos, or as long as {@code -Dleat.chaos.minutes} says; {@code ./leat chaos} runs it. What the processes
 * wrote is kept where the run fails.
 */
@Tag("process")
@Isolated("Its processes need the whole machine")
class ChaosTest {

    private static final Path REPORT = Path.of("target", "chaos-report.txt");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void shouldKeepEveryGuaranteeWhateverHappensToItsProcesses() throws Exception {
        ChaosReport report = new ChaosRun(folder, ChaosOptions.of(System.getProperties())).run();

        System.out.println(report);
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, report.toString());
        assertThat(report.complaints()).as("%s%nData and logs are in %s", report, folder).isEmpty();
        assertThat(report.load().acknowledged()).as("acknowledged jobs").isPositive();
        assertThat(report.injections()).as("faults").isNotEmpty();
    }
}
