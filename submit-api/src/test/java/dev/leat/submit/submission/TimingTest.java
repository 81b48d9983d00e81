package dev.leat.submit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Terms;
import dev.leat.runtime.json.FieldError;

class TimingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T05:29:00.123Z");

    @Test
    void shouldRunAtOnceWhereNothingSaysOtherwise() {
        assertThat(Timing.NONE.terms(NOW)).isEqualTo(Terms.NONE);
        assertThat(Timing.NONE.errors(NOW)).isEmpty();
        assertThat(at(NOW).terms(NOW).runAt()).isEmpty();
        assertThat(at(Instant.EPOCH).terms(NOW).runAt()).isEmpty();
        assertThat(at(Instant.EPOCH).errors(NOW)).isEmpty();
        assertThat(after(Duration.ZERO).terms(NOW).runAt()).isEmpty();
    }

    @Test
    void shouldCountFromNowAndTheQueueFromWhenTheJobMayRun() {
        // given
        Timing timing = new Timing(Optional.of(Duration.ofMinutes(10)), Optional.empty(),
                Optional.of(Duration.ofMinutes(5)), Optional.of(Duration.ofHours(1)));

        // when
        Terms terms = timing.terms(NOW);

        // then
        assertThat(terms.runAt()).contains(NOW.plusSeconds(600));
        assertThat(terms.expiresAt()).contains(NOW.plusSeconds(900));
        assertThat(terms.deadline()).contains(NOW.plusSeconds(3_600));
        assertThat(timing.errors(NOW)).isEmpty();
    }

    @Test
    void shouldCountTheQueueFromNowWhereTheTimeIsPast() {
        Timing timing = new Timing(Optional.empty(), Optional.of(NOW.minusSeconds(60)),
                Optional.of(Duration.ofMinutes(5)), Optional.empty());
        assertThat(timing.terms(NOW).expiresAt()).contains(NOW.plusSeconds(300));
    }

    @Test
    void shouldKeepMillisecondsOnly() {
        assertThat(at(Instant.parse("2026-11-22T05:30:00.987654321Z")).terms(NOW).runAt())
                .contains(Instant.parse("2026-11-22T05:30:00.987Z"));
    }

    @Test
    void shouldRefuseATimeMoreThanAYearAhead() {
        Instant farthest = NOW.plus(Duration.ofDays(365));
        assertThat(at(farthest).errors(NOW)).isEmpty();
        assertThat(at(farthest.plusNanos(1)).errors(NOW)).singleElement().satisfies(error -> {
            assertThat(error.pointer()).isEqualTo("/runAt");
            assertThat(error.message()).contains("at most 365 days ahead");
        });
        assertThat(at(Instant.parse("+999999999-12-31T00:00:00Z")).errors(NOW)).hasSize(1);
    }

    @Test
    void shouldRefuseADeadlineBeforeTheJobMayRun() {
        // given
        Duration deadline = Duration.ofMinutes(10);

        // when, then
        assertThat(limited(after(Duration.ofMinutes(10)), deadline).errors(NOW)).extracting(FieldError::pointer)
                .containsExactly("/deadline");
        assertThat(limited(at(NOW.plusSeconds(601)), deadline).errors(NOW)).extracting(FieldError::pointer)
                .containsExactly("/deadline");
        assertThat(limited(at(NOW.plusSeconds(599)), deadline).errors(NOW)).isEmpty();
        assertThat(limited(at(Instant.EPOCH), deadline).errors(NOW)).isEmpty();
    }

    private static Timing at(Instant time) {
        return new Timing(Optional.empty(), Optional.of(time), Optional.empty(), Optional.empty());
    }

    private static Timing after(Duration delay) {
        return new Timing(Optional.of(delay), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Timing limited(Timing timing, Duration deadline) {
        return new Timing(timing.delay(), timing.runAt(), Optional.empty(), Optional.of(deadline));
    }
}
