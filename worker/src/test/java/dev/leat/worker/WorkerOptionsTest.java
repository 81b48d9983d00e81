package dev.leat.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.leat.domain.LaneSchedule;
import dev.leat.runtime.settings.DataSize;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.Settings;
import dev.leat.runtime.settings.SettingsException;

class WorkerOptionsTest {

    private static final OptionCatalog CATALOG = OptionCatalog.of(WorkerOptions.class);

    @Test
    void shouldHaveDefaults() {
        Settings settings = Settings.of(CATALOG, Map.of());

        assertThat(settings.get(WorkerOptions.SLOTS)).isEqualTo(8);
        assertThat(settings.get(WorkerOptions.LANE_POLICY)).isEqualTo(LaneSchedule.Policy.WEIGHTED);
        assertThat(settings.get(WorkerOptions.GROUP_PROTOCOL)).isEqualTo(GroupProtocol.CONSUMER);
        assertThat(settings.get(WorkerOptions.HEARTBEAT_INTERVAL)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.get(WorkerOptions.LEASE)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(WorkerOptions.GRACE)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(WorkerOptions.DRAIN_TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.get(WorkerOptions.MAX_RESULT_SIZE)).isEqualTo(DataSize.ofKilobytes(900));
    }

    @Test
    void shouldReadEachKey() {
        Settings settings = Settings.of(CATALOG,
                Map.of("leat.worker.slots", "64", "leat.worker.lane.policy", "strict", "leat.worker.group.protocol",
                        "classic", "leat.worker.heartbeat.interval", "500ms", "leat.worker.drain.timeout", "2m",
                        "leat.worker.result.max.size", "2MB", "leat.worker.lease", "20s", "leat.worker.grace",
                        "1s"));

        assertThat(settings.get(WorkerOptions.SLOTS)).isEqualTo(64);
        assertThat(settings.get(WorkerOptions.LANE_POLICY)).isEqualTo(LaneSchedule.Policy.STRICT);
        assertThat(settings.get(WorkerOptions.GROUP_PROTOCOL)).isEqualTo(GroupProtocol.CLASSIC);
        assertThat(settings.get(WorkerOptions.HEARTBEAT_INTERVAL)).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.get(WorkerOptions.LEASE)).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.get(WorkerOptions.GRACE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.get(WorkerOptions.DRAIN_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.get(WorkerOptions.MAX_RESULT_SIZE)).isEqualTo(DataSize.ofMegabytes(2));
    }

    @Test
    void shouldRefuseHeartbeatsThatAreTooRareForTheLease() {
        WorkerOptions.check(settings("10s", "2500ms"));

        assertThatThrownBy(() -> WorkerOptions.check(settings("10s", "2501ms")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "Expected leat.worker.lease to be at least 4 times leat.worker.heartbeat.interval")
                .hasMessageContaining("10000 ms and 2501 ms");
    }

    private static Settings settings(String lease, String interval) {
        return Settings.of(CATALOG, Map.of("leat.worker.lease", lease, "leat.worker.heartbeat.interval", interval));
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        assertThatThrownBy(() -> Settings.of(CATALOG,
                Map.of("leat.worker.slots", "0", "leat.worker.heartbeat.interval", "9s")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("leat.worker.slots")
                .hasMessageContaining("leat.worker.heartbeat.interval");
    }
}
