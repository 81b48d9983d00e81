package dev.leat.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.leat.runtime.settings.DataSize;
import dev.leat.runtime.settings.Settings;
import dev.leat.runtime.settings.SettingsException;

class ApiOptionsTest {

    @Test
    void shouldHaveDefaults() {
        // when
        Settings settings = ApiUnderTest.settings(Map.of());

        // then
        assertThat(settings.get(ApiOptions.MAX_BODY)).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(settings.get(ApiOptions.SUBMIT_TIMEOUT)).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.get(ApiOptions.DECISION_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.get(ApiOptions.PROJECTORS)).containsExactly(URI.create("http://127.0.0.1:8082"));
        assertThat(settings.get(ApiOptions.PROJECTOR_TIMEOUT)).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.get(ApiOptions.MAX_DEAD_LETTERS)).isEqualTo(10_000);
        assertThat(settings.get(ApiOptions.MAX_QUEUED_PER_PLUGIN)).isEqualTo(200_000);
        assertThat(settings.get(ApiOptions.MAX_QUEUED)).isEqualTo(1_000_000);
        assertThat(settings.get(ApiOptions.SOCKET_ORIGINS)).isEmpty();
        assertThat(settings.get(ApiOptions.SOCKET_BACKLOG)).isEqualTo(2_000);
        assertThat(settings.get(ApiOptions.LIVE_HEARTBEAT)).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.get(ApiOptions.LIVE_QUEUE)).isEqualTo(256);
        assertThat(settings.get(ApiOptions.LIVE_MAX_GAP)).isEqualTo(200_000);
    }

    @Test
    void shouldBeSetByTheirKeys() {
        // when
        Settings settings = ApiUnderTest.settings(Map.of("leat.api.max.body", "64kB", "leat.api.submit.timeout", "10s",
                "leat.api.projectors", "http://one:1,http://two:2", "leat.api.projector.timeout", "5s",
                "leat.api.decision.timeout", "1m", "leat.api.dead.letters.max", "50",
                "leat.api.queue.max.per.plugin", "7", "leat.api.queue.max.total", "9"));
        Settings live = ApiUnderTest.settings(Map.of("leat.api.live.heartbeat", "1m", "leat.api.live.queue", "16",
                "leat.api.live.max.gap", "1000", "leat.api.socket.backlog.max", "16", "leat.api.socket.origins",
                "https://one.example,http://two.example:81"));

        // then
        assertThat(settings.get(ApiOptions.MAX_BODY)).isEqualTo(DataSize.ofKilobytes(64));
        assertThat(settings.get(ApiOptions.SUBMIT_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(ApiOptions.DECISION_TIMEOUT)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.get(ApiOptions.PROJECTORS))
                .isEqualTo(List.of(URI.create("http://one:1"), URI.create("http://two:2")));
        assertThat(settings.get(ApiOptions.PROJECTOR_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.get(ApiOptions.MAX_DEAD_LETTERS)).isEqualTo(50);
        assertThat(settings.get(ApiOptions.MAX_QUEUED_PER_PLUGIN)).isEqualTo(7);
        assertThat(settings.get(ApiOptions.MAX_QUEUED)).isEqualTo(9);
        assertThat(live.get(ApiOptions.LIVE_HEARTBEAT)).isEqualTo(Duration.ofMinutes(1));
        assertThat(live.get(ApiOptions.LIVE_QUEUE)).isEqualTo(16);
        assertThat(live.get(ApiOptions.LIVE_MAX_GAP)).isEqualTo(1_000);
        assertThat(live.get(ApiOptions.SOCKET_BACKLOG)).isEqualTo(16);
        assertThat(live.get(ApiOptions.SOCKET_ORIGINS))
                .isEqualTo(List.of(URI.create("https://one.example"), URI.create("http://two.example:81")));
    }

    @Test
    void shouldRefuseOriginsThatAreNone() {
        assertThatThrownBy(() -> ApiUnderTest.settings(Map.of("leat.api.socket.origins", "https://one.example/jobs")))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        assertThatThrownBy(() -> ApiUnderTest.settings(Map.of("leat.api.max.body", "2MB", "leat.api.submit.timeout",
                "1s", "leat.api.projectors", "", "leat.api.projector.timeout", "2s",
                "leat.api.decision.timeout", "0s", "leat.api.dead.letters.max", "0",
                "leat.api.queue.max.per.plugin", "0", "leat.api.queue.max.total", "-1")))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.errors()).hasSize(8));
    }
}
