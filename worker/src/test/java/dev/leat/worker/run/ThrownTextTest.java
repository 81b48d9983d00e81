package dev.leat.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrownTextTest {

    private static final int MOST = 17_000;

    @Test
    void shouldGiveClassMessageAndStack() {
        IllegalStateException thrown = new IllegalStateException("no such file", new RuntimeException("why"));

        assertThat(ThrownText.line(thrown)).isEqualTo("java.lang.IllegalStateException: no such file");
        assertThat(ThrownText.stack(thrown)).contains("no such file")
                .contains("shouldGiveClassMessageAndStack")
                .contains("Caused by: java.lang.RuntimeException: why");
    }

    @Test
    void shouldCutHugeMessageAndEndlessCauses() {
        assertThat(ThrownText.stack(new IllegalStateException("x".repeat(1_000_000)))).hasSizeLessThan(MOST);
        RuntimeException deep = new RuntimeException();
        for (int i = 0; i < 10_000; i++) {
            deep = new RuntimeException("cause " + i, deep);
        }
        assertThat(ThrownText.stack(deep)).hasSizeLessThan(MOST).endsWith("…");
    }

    @Test
    void shouldSurviveThrowableWhoseMethodsThrow() {
        assertThat(ThrownText.line(new Hostile())).isEqualTo(Hostile.class.getName());
        assertThat(ThrownText.stack(new Hostile())).hasSizeLessThan(MOST);
    }

    private static final class Hostile extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even this");
        }
    }
}
