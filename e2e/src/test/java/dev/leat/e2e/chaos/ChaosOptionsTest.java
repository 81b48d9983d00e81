package dev.leat.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Properties;

import org.junit.jupiter.api.Test;

class ChaosOptionsTest {

    private final Properties properties = new Properties();

    @Test
    void shouldRunForThreeMinutesWithASeedOfItsOwnUnlessTold() {
        ChaosOptions options = ChaosOptions.of(properties);

        assertThat(options.length()).isEqualTo(Duration.ofMinutes(3));
        assertThat(options.seed()).isNotNegative();
        assertThat(options.faults()).containsExactlyInAnyOrder(FaultKind.values());
    }

    @Test
    void shouldDoAsItIsTold() {
        properties.setProperty("leat.chaos.minutes", "0.5");
        properties.setProperty("leat.chaos.seed", "42");
        properties.setProperty("leat.chaos.faults", "broker-killed, worker-suspended");

        ChaosOptions options = ChaosOptions.of(properties);

        assertThat(options.length()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.seed()).isEqualTo(42);
        assertThat(options.faults()).containsExactlyInAnyOrder(FaultKind.BROKER_KILLED, FaultKind.WORKER_SUSPENDED);
    }

    @Test
    void shouldNameTheKindsOfFaultsWhereItIsToldAnother() {
        properties.setProperty("leat.chaos.faults", "broker-tickled");

        assertThatIllegalArgumentException().isThrownBy(() -> ChaosOptions.of(properties))
                .withMessageContaining("broker-tickled")
                .withMessageContaining("broker-killed");
    }

    @Test
    void shouldRefuseARunOfNoLength() {
        properties.setProperty("leat.chaos.minutes", "0");

        assertThatIllegalArgumentException().isThrownBy(() -> ChaosOptions.of(properties))
                .withMessageContaining("leat.chaos.minutes");
    }
}
