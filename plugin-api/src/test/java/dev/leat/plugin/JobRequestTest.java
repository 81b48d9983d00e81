package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobRequestTest {

    @Test
    void shouldGoToTheNormalLaneAtOnceWhereNothingElseIsSaid() {
        JobRequest request = JobRequest.of("k", "mail:send", new NoInput());

        assertThat(request.lane()).isEqualTo(DefaultLane.NORMAL);
        assertThat(request.earliest()).isEmpty();
        assertThat(request.params()).isEqualTo(new NoInput());
    }

    @Test
    void shouldLeaveTheRequestItWasMadeFromAlone() {
        JobRequest plain = JobRequest.of("k", "mail:send", new NoInput());

        JobRequest other = plain.inLane(DefaultLane.LOW).runAt(Instant.EPOCH);

        assertThat(plain.lane()).isEqualTo(DefaultLane.NORMAL);
        assertThat(plain.earliest()).isEmpty();
        assertThat(other.lane()).isEqualTo(DefaultLane.LOW);
        assertThat(other.earliest()).contains(Instant.EPOCH);
        assertThat(other.key()).isEqualTo("k");
        assertThat(other.type()).isEqualTo("mail:send");
    }

    @Test
    void shouldNotChangeWithTheMapItWasMadeFrom() {
        Map<String, String> params = new HashMap<>(Map.of("to", "ada"));
        JobRequest request = JobRequest.of("k", "mail:send", params);

        params.put("to", "grace");

        assertThat(request.params()).isEqualTo(Map.of("to", "ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mail", "mail:", ":send", "mail:send:now", "Mail:send", "mail: send"})
    void shouldRefuseWhatIsNoJobType(String type) {
        assertThatThrownBy(() -> JobRequest.of("k", type, Map.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a job type as plugin:type, but got '%s'", type);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, JobRequest.MAX_KEY + 1})
    void shouldRefuseKeyOutOfItsRange(int length) {
        String key = "k".repeat(length);

        assertThatThrownBy(() -> JobRequest.of(key, "mail:send", Map.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("but got " + length);
    }
}
