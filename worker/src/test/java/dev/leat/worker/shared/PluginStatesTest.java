package dev.leat.worker.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.json.JsonMapper;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.leat.plugin.NotAcknowledgedException;
import dev.leat.plugin.PluginState;
import dev.leat.worker.plugin.RecordJson;

/** What the state promises without a broker; with one, see {@code SharedStateTest}. */
class PluginStatesTest {

    private record Model(int weight) {}

    private record Other(String name) {}

    private final SharedState copy = new SharedState();
    private final List<String> written = new ArrayList<>();
    private boolean acknowledges = true;
    private final PluginState state = new PluginStates(copy, this::write)
            .of("learn", new RecordJson(new JsonMapper()));

    /** Takes the place of the topic. Its offsets are those of a topic with an earlier life. */
    private long write(byte[] key, byte @Nullable [] value, String what) {
        if (!acknowledges) {
            throw new NotAcknowledgedException(what, new IllegalStateException());
        }
        written.add(new String(key, UTF_8) + "=" + (value == null ? "gone" : new String(value, UTF_8)));
        return 10_000L + written.size();
    }

    private void read(String key, @Nullable String value, long offset) {
        copy.handle(new ConsumerRecord<>("t.plugin-state", 0, offset, key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8)));
    }

    @Test
    void shouldShowWhatIsReadOfItsPluginAndNothingElse() {
        read("learn/model", "{\"weight\":7}", 0);
        read("learn/with/slash", "1", 1);
        read("other/model", "2", 2);
        read("no key", "3", 3);

        assertThat(state.get("model", Model.class)).contains(new Model(7));
        assertThat(state.version("model")).hasValue(0);
        assertThat(state.get("with/slash")).isPresent();
        assertThat(state.get("no key")).isEmpty();
        assertThat(state.version("unknown")).isEmpty();
    }

    @Test
    void shouldShowItsOwnChangeBeforeItIsRead() throws InterruptedException {
        state.put("model", new Model(3));

        assertThat(state.get("model", Model.class)).contains(new Model(3));
        state.remove("model");

        assertThat(state.get("model")).isEmpty();
        assertThat(written).containsExactly("learn/model={\"weight\":3}", "learn/model=gone");
    }

    @Test
    void shouldNotLetAnybodyChangeWhatIsInThere() throws InterruptedException {
        byte[] value = {1};
        state.put("model", value);
        value[0] = 2;
        state.get("model").orElseThrow()[0] = 3;

        assertThat(state.get("model")).hasValueSatisfying(kept -> assertThat(kept).containsExactly(1));
    }

    @Test
    void shouldRefuseToReadWhatIsNoSuchRecord() {
        read("learn/model", "{\"weight\":\"heavy\"}", 0);

        assertThatThrownBy(() -> state.get("model", Model.class)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Expected 'model' of plugin 'learn' to hold a Model.");
    }

    @Test
    void shouldPassOverFieldsOfAnotherVersion() {
        read("learn/model", "{\"weight\":1,\"height\":2}", 0);

        assertThat(state.get("model", Model.class)).contains(new Model(1));
        assertThat(state.get("model", Other.class)).as("all fields missing").isPresent();
    }

    @Test
    void shouldRefuseWhatIsOutOfRange() {
        assertThatThrownBy(() -> state.put("", new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state.put("k".repeat(PluginState.MAX_KEY + 1), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state.put("k", new byte[PluginState.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("900000 bytes");
        assertThat(written).isEmpty();
    }

    @Test
    void shouldRefuseMoreKeysAndMoreBytesThanPluginMayHave() throws InterruptedException {
        for (int key = 0; key < PluginState.MOST_KEYS; key++) {
            read("learn/" + key, "x", key);
        }
        assertThatThrownBy(() -> state.put("more", new byte[1])).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at most 1000 keys");
        int large = (int) (PluginState.MAX_TOTAL_BYTES / PluginState.MAX_BYTES);
        for (int key = 0; key < large; key++) {
            state.put(Integer.toString(key), new byte[PluginState.MAX_BYTES]);
        }
        assertThatThrownBy(() -> state.put("999", new byte[PluginState.MAX_BYTES]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at most " + PluginState.MAX_TOTAL_BYTES + " bytes");
        state.put("0", new byte[PluginState.MAX_BYTES]);
    }

    @Test
    void shouldChangeNothingThatIsNotAcknowledged() throws InterruptedException {
        state.put("model", new byte[]{1});
        acknowledges = false;

        assertThatThrownBy(() -> state.put("model", new byte[]{2})).isInstanceOf(NotAcknowledgedException.class);

        assertThat(state.get("model")).hasValueSatisfying(kept -> assertThat(kept).containsExactly(1));
    }
}
