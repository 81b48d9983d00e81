package dev.leat.projector.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.leat.domain.JobId;
import dev.leat.projector.Samples;

@Timeout(30)
class FoldSignalsTest {

    private final FoldSignals<JobId> signals = new FoldSignals<>();
    private final JobId id = Samples.id();

    @Test
    void shouldNotWaitWhereConditionHolds() throws Exception {
        assertThat(signals.await(id, () -> true, Duration.ZERO)).isTrue();
    }

    @Test
    void shouldGiveUpAfterTimeout() throws Exception {
        assertThat(signals.await(id, () -> false, Duration.ofMillis(20))).isFalse();
    }

    @Test
    void shouldWakeEveryReaderOfJob() throws Exception {
        AtomicBoolean folded = new AtomicBoolean();
        CountDownLatch looked = new CountDownLatch(4); // each of two readers looks twice before it sleeps
        CompletableFuture<Boolean> one = reader(folded, looked);
        CompletableFuture<Boolean> two = reader(folded, looked);
        assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();

        signals.signal(Samples.id());
        assertThat(one).isNotDone();
        folded.set(true);
        signals.signal(id);

        assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(two.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private CompletableFuture<Boolean> reader(AtomicBoolean folded, CountDownLatch looked) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(signals.await(id, () -> {
                    looked.countDown();
                    return folded.get();
                }, Duration.ofSeconds(20)));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
