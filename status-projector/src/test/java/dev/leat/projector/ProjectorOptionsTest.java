package dev.leat.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.leat.runtime.settings.DataSize;
import dev.leat.runtime.settings.OptionCatalog;
import dev.leat.runtime.settings.Settings;
import dev.leat.runtime.settings.SettingsException;

class ProjectorOptionsTest {

    private static Settings settings(Map<String, String> values) {
        return Settings.of(OptionCatalog.of(ProjectorOptions.class), values);
    }

    @Test
    void shouldHaveDefaults() {
        Settings settings = settings(Map.of());

        assertThat(settings.get(ProjectorOptions.URL)).isEmpty();
        assertThat(settings.get(ProjectorOptions.STATE_DIR)).isEqualTo(Path.of(".leat", "projector"));
        assertThat(settings.get(ProjectorOptions.RETENTION)).isEqualTo(Duration.ofHours(24));
        assertThat(settings.get(ProjectorOptions.LANE_WAIT)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.get(ProjectorOptions.THREADS)).isEqualTo(1);
        assertThat(settings.get(ProjectorOptions.STANDBYS)).isEqualTo(1);
        assertThat(settings.get(ProjectorOptions.CACHE_SIZE)).isEqualTo(DataSize.ofMegabytes(64));
        assertThat(settings.get(ProjectorOptions.STORE_MEMORY)).isEqualTo(DataSize.ofMegabytes(96));
        assertThat(settings.get(ProjectorOptions.POSITION_WAIT)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.get(ProjectorOptions.YOUNG_ID_WAIT)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.get(ProjectorOptions.PEER_TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shouldTakeWhatIsGiven() {
        Settings settings = settings(Map.ofEntries(Map.entry("leat.projector.url", "http://projector-1:8082"),
                Map.entry("leat.projector.state.dir", "/var/lib/leat"), Map.entry("leat.projector.retention", "7d"),
                Map.entry("leat.projector.lane.wait", "5s"), Map.entry("leat.projector.threads", "4"),
                Map.entry("leat.projector.standbys", "0"), Map.entry("leat.projector.cache.size", "8MB"),
                Map.entry("leat.projector.store.memory", "1GB"), Map.entry("leat.projector.position.wait", "5s"),
                Map.entry("leat.projector.young.wait", "0s"), Map.entry("leat.projector.peer.timeout", "500ms")));

        assertThat(settings.get(ProjectorOptions.URL)).contains(URI.create("http://projector-1:8082"));
        assertThat(settings.get(ProjectorOptions.STATE_DIR)).isEqualTo(Path.of("/var/lib/leat"));
        assertThat(settings.get(ProjectorOptions.RETENTION)).isEqualTo(Duration.ofDays(7));
        assertThat(settings.get(ProjectorOptions.LANE_WAIT)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.get(ProjectorOptions.THREADS)).isEqualTo(4);
        assertThat(settings.get(ProjectorOptions.STANDBYS)).isZero();
        assertThat(settings.get(ProjectorOptions.CACHE_SIZE)).isEqualTo(DataSize.ofMegabytes(8));
        assertThat(settings.get(ProjectorOptions.STORE_MEMORY)).isEqualTo(DataSize.ofMegabytes(1024));
        assertThat(settings.get(ProjectorOptions.POSITION_WAIT)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.get(ProjectorOptions.YOUNG_ID_WAIT)).isZero();
        assertThat(settings.get(ProjectorOptions.PEER_TIMEOUT)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void shouldRefuseUrlThatOthersCannotCall() {
        assertThatThrownBy(() -> settings(Map.of("leat.projector.url", "https://projector-1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("of the form http://host:port");
    }
}
