package dev.leat.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.PluginState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryPluginStateTest {

    private final InMemoryPluginState state = new InMemoryPluginState();

    record Model(Instant trained, int rows) {}

    record Smaller(int rows) {}

    @Test
    void shouldKeepRecordsAsJson() throws Exception {
        state.put("model", new Model(Instant.EPOCH, 3));

        assertThat(state.get("model", Model.class)).contains(new Model(Instant.EPOCH, 3));
        assertThat(state.get("model", Smaller.class)).as("another version of it").contains(new Smaller(3));
        assertThat(new String(state.get("model").orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo("{\"trained\":\"1970-01-01T00:00:00Z\",\"rows\":3}");
        assertThat(state.get("other", Model.class)).isEmpty();
    }

    @Test
    void shouldSayThatAValueIsNoSuchRecord() throws Exception {
        state.put("model", new byte[]{1});

        assertThatIllegalStateException().isThrownBy(() -> state.get("model", Model.class))
                .withMessageStartingWith("Expected 'model' to hold a Model.");
    }

    @Test
    void shouldGiveEachChangeAHigherVersion() throws Exception {
        assertThat(state.version("a")).isEmpty();

        state.put("a", new byte[]{1});
        long first = state.version("a").orElseThrow();
        state.put("b", new byte[]{1});
        assertThat(state.version("a")).hasValue(first);

        state.put("a", new byte[]{1});
        long second = state.version("a").orElseThrow();
        assertThat(second).isGreaterThan(first);

        state.remove("a");
        assertThat(state.version("a")).isEmpty();
        assertThat(state.get("a")).isEmpty();
        state.put("a", new byte[]{1});
        assertThat(state.version("a").orElseThrow()).isGreaterThan(second);
    }

    @Test
    void shouldCopyValues() throws Exception {
        byte[] value = {1};
        state.put("a", value);
        value[0] = 2;
        state.get("a").orElseThrow()[0] = 3;

        assertThat(state.get("a")).contains(new byte[]{1});
    }

    @Test
    void shouldRefuseKeysAndValuesOutOfTheirRange() throws Exception {
        state.put("k".repeat(PluginState.MAX_KEY), new byte[PluginState.MAX_BYTES]);

        assertThatIllegalArgumentException().isThrownBy(() -> state.put("", new byte[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state.put("k".repeat(PluginState.MAX_KEY + 1), new byte[0]))
                .withMessage("Expected a key of 1 to 200 characters, but got 201");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state.put("a", new byte[PluginState.MAX_BYTES + 1]))
                .withMessage("Expected 'a' to have at most 900000 bytes, but got 900001");
    }

    @Test
    void shouldRefuseMoreKeysThanAPluginMayHave() throws Exception {
        for (int key = 0; key < PluginState.MOST_KEYS; key++) {
            state.put("key-" + key, new byte[0]);
        }

        assertThatIllegalStateException().isThrownBy(() -> state.put("one-more", new byte[0]))
                .withMessage("Expected a plugin to have at most 1000 keys, but 'one-more' would be one more");
        state.put("key-1", new byte[]{1});
        state.remove("key-2");
        state.put("one-more", new byte[0]);
        assertThat(state.get("one-more")).isPresent();
    }

    @Test
    void shouldRefuseMoreBytesThanAPluginMayHave() throws Exception {
        long room = PluginState.MAX_TOTAL_BYTES;
        int keys = 0;
        for (; room >= PluginState.MAX_BYTES; room -= PluginState.MAX_BYTES) {
            state.put("key-" + keys++, new byte[PluginState.MAX_BYTES]);
        }
        int rest = (int) room;

        assertThatIllegalStateException().isThrownBy(() -> state.put("last", new byte[rest + 1]));
        state.put("last", new byte[rest]);
        state.put("last", new byte[rest]);
        assertThatIllegalStateException().isThrownBy(() -> state.put("more", new byte[1]));
        state.remove("key-0");
        state.put("more", new byte[1]);
        assertThat(state.get("more")).isPresent();
    }

    @Test
    void shouldChangeNothingOnAThreadThatIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> state.put("a", new byte[0])).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> state.remove("a")).isInstanceOf(InterruptedException.class);

        assertThat(state.get("a")).isEmpty();
    }
}
