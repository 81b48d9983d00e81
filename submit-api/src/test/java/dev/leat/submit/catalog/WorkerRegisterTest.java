package dev.leat.submit.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.WorkerId;
import dev.leat.schemas.Codec;
import dev.leat.submit.RememberingSerde;
import dev.leat.submit.catalog.WorkerRegister.KnownWorker;
import dev.leat.submit.catalog.WorkerRegister.WorkerState;
import dev.leat.testkit.ManualClock;

class WorkerRegisterTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final Codec<WorkerHeartbeat> codec = new RememberingSerde().codecs().heartbeats();
    private final WorkerRegister register = new WorkerRegister(codec, clock);

    @Test
    void shouldTakeNoOldHeartbeatForASignOfLife() {
        // when
        beat("old");
        register.loaded();
        beat("new");

        // then
        assertThat(ids()).containsExactly("new");
    }

    @Test
    void shouldTakeAWorkerForLiveForTenSecondsAfterEachBeat() {
        // given
        register.loaded();
        beat("w");

        // when, then
        clock.advance(Duration.ofMillis(9_999));
        assertThat(ids()).containsExactly("w");
        assertThat(register.live().getFirst().sinceLastBeat()).isEqualTo(Duration.ofMillis(9_999));
        beat("w");
        clock.advance(Duration.ofMillis(9_999));
        assertThat(ids()).containsExactly("w");
        clock.advance(Duration.ofMillis(1));
        assertThat(ids()).isEmpty();
    }

    @Test
    void shouldRememberAWorkerThatHasFallenSilent() {
        // given
        register.loaded();
        beat("silent");

        // when
        clock.advance(WorkerRegister.LEASE);
        beat("w");

        // then
        assertThat(register.all()).extracting(worker -> worker.beat().worker().value(), KnownWorker::state)
                .containsExactly(tuple("silent", WorkerState.SILENT), tuple("w", WorkerState.ALIVE));
        clock.advance(WorkerRegister.REMEMBERED.minus(WorkerRegister.LEASE));
        assertThat(register.all()).extracting(worker -> worker.beat().worker().value()).containsExactly("w");
    }

    @Test
    void shouldTellAWorkerThatIsAboutToStop() {
        // given
        register.loaded();

        // when
        register.apply(RememberingSerde.message(codec, "w", new WorkerHeartbeat(new WorkerId("w"), 1, Instant.EPOCH,
                Instant.EPOCH, "mill", "0.1.0", List.of("demo"), 4, 0, 0, List.of(), Duration.ofSeconds(10), true)));

        // then
        assertThat(register.live()).extracting(KnownWorker::state).containsExactly(WorkerState.DRAINING);
    }

    @Test
    void shouldTakeABeatThatComesWhileSomebodyLooksForOneOfNow() {
        // given: a clock that steps back, as it does for somebody who has read it before the beat came
        Instant[] now = {Instant.EPOCH.plusMillis(1)};
        WorkerRegister stepping = new WorkerRegister(codec, () -> now[0]);
        stepping.loaded();
        stepping.apply(RememberingSerde.message(codec, "w", heartbeat("w")));

        // when
        now[0] = Instant.EPOCH;

        // then
        assertThat(stepping.live().getFirst().sinceLastBeat()).isZero();
    }

    @Test
    void shouldForgetAWorkerThatSaysGoodbye() {
        // given
        register.loaded();
        beat("w");

        // when
        register.apply(RememberingSerde.tombstone("w"));

        // then
        assertThat(ids()).isEmpty();
    }

    @Test
    void shouldCountThoseThatHostAPlugin() {
        // given
        register.loaded();
        beat("a");
        beat("b");

        // when, then
        assertThat(register.hosting("demo")).isEqualTo(2);
        assertThat(register.hosting("other")).isZero();
    }

    private List<String> ids() {
        return register.live().stream().map(KnownWorker::beat).map(beat -> beat.worker().value()).toList();
    }

    private void beat(String worker) {
        register.apply(RememberingSerde.message(codec, worker, heartbeat(worker)));
    }

    private static WorkerHeartbeat heartbeat(String worker) {
        return new WorkerHeartbeat(new WorkerId(worker), 1, Instant.EPOCH, Instant.EPOCH, "mill", "0.1.0",
                List.of("demo"), 4, 1, 0, List.of(), Duration.ofSeconds(10));
    }
}
