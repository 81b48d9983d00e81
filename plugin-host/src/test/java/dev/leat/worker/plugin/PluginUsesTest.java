package dev.leat.worker.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PluginUsesTest {

    private final PluginUses uses = new PluginUses();
    private final AtomicInteger letGo = new AtomicInteger();

    @Test
    void shouldBeLetGoAtOnceWhenNobodyUsesIt() {
        uses.acquire();
        uses.release();
        assertThat(letGo).hasValue(0);

        uses.retire(letGo::incrementAndGet);

        assertThat(letGo).hasValue(1);
        assertThatThrownBy(uses::acquire).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldBeLetGoOnceByItsLastUser() {
        uses.acquire();
        uses.retire(letGo::incrementAndGet);
        uses.retire(letGo::incrementAndGet);
        // Who claims for a replaced plugin has it still, and may hand it on to an attempt.
        uses.acquire();

        uses.release();
        assertThat(letGo).hasValue(0);
        uses.release();

        assertThat(letGo).hasValue(1);
    }

    @Test
    void shouldNotBeReleasedMoreOftenThanAcquired() {
        assertThatThrownBy(uses::release).isInstanceOf(IllegalStateException.class);
    }
}
