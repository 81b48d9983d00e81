package dev.leat.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LeatTest {

    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        CommandLine leat = Leat.commandLine();
        leat.setErr(new PrintWriter(errors));
        return leat.execute(arguments);
    }

    @Test
    void shouldNameTheNearestCommandAndEndWith2() {
        assertThat(run("wroker")).isEqualTo(2);
        assertThat(errors.toString()).contains("worker");
    }

    @Test
    void shouldEndWith2AndUsageWhenNoCommandIsGiven() {
        assertThat(run()).isEqualTo(2);
        assertThat(errors.toString()).contains("Expected a command, but got none").contains("projector");
    }

    @Test
    void shouldReportEveryWrongOptionAtOnceBeforeAnythingStarts() {
        assertThat(run("worker", "--set", "leat.worker.slot=3", "--set", "leat.partitions=many")).isEqualTo(2);
        assertThat(errors.toString()).contains("leat.worker.slots").contains("leat.partitions").contains("many");
    }

    @Test
    void shouldSayInASentenceWhichOptionsDoNotGoTogether() {
        assertThat(run("worker", "--port", "0", "--set", "leat.worker.lease=3s", "--set",
                "leat.worker.heartbeat.interval=1s")).isEqualTo(2);
        assertThat(errors.toString()).startsWith("leat: Expected a valid configuration, but found 1 error:")
                .contains("Expected leat.worker.lease to be at least 4 times leat.worker.heartbeat.interval")
                .doesNotContain("\tat ");
    }
}
