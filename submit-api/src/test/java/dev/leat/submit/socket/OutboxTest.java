package dev.leat.submit.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.leat.domain.Json;
import dev.leat.submit.live.JobHappening;
import dev.leat.submit.live.LogPosition;
import dev.leat.submit.socket.ServerMessage.JobNews;

/** The outbox with a clock of the test's own: nothing here waits. */
class OutboxTest {

    private static final int CAPACITY = 3;

    private final AtomicLong nanos = new AtomicLong();
    private final Outbox outbox = new Outbox(CAPACITY, nanos::get);
    private long offset;

    @BeforeEach
    void begin() {
        outbox.begin(at(0), Optional.empty());
    }

    @Test
    void shouldTellTheStateFirstAndThenWhatCameAfterIt() throws Exception {
        // given
        TestJob job = job(1);
        outbox.offer(job.created());
        outbox.begin(at(1), Optional.of(new Outbox.StateAt(Optional.of("r1"), new Snapshot(new Json("[]"), Map.of()))));
        outbox.offer(job.started());

        // when
        List<ServerMessage> told = takeAll();

        // then
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).isEqualTo(new ServerMessage.QueueState(Optional.of("r1"), at(1).toString(),
                new Json("[]"), Map.of()));
        assertThat(told.getLast()).isInstanceOfSatisfying(JobNews.class, news -> {
            assertThat(news.type()).isEqualTo("job_started");
            assertThat(news.position()).isEqualTo(at(2).toString());
        });
    }

    @Test
    void shouldAnswerBeforeItTells() throws Exception {
        // given
        outbox.offer(job(1).created());
        outbox.answer(new ServerMessage.Pong("r1"));

        // when
        List<ServerMessage> told = takeAll();

        // then
        assertThat(told).extracting(ServerMessage::type).containsExactly("pong", "job_created");
    }

    @Test
    void shouldTellOfOneJobsProgressFourTimesASecondTheNewestAlways() throws Exception {
        // given
        TestJob job = job(1);
        outbox.offer(job.created());
        outbox.offer(job.started());
        takeAll();

        // when
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            outbox.offer(job.progressed(i / 10.0));
            told.addAll(percents(takeAll()));
            nanos.addAndGet(1_000_000);
        }

        // then
        assertThat(told).containsExactly("0.0", "25.0", "50.0", "75.0");
        nanos.addAndGet(Outbox.PROGRESS_PAUSE.toNanos());
        assertThat(percents(takeAll())).containsExactly("99.9");
    }

    @Test
    void shouldTellOfManyJobsProgressAtOnce() throws Exception {
        // given
        for (int i = 0; i < 10; i++) {
            TestJob job = job(i);
            outbox.offer(job.created());
            outbox.offer(job.started());
            outbox.offer(job.progressed(i));
            // then
            assertThat(percents(takeAll())).containsExactly(i + ".0");
        }
    }

    @Test
    void shouldNeverDropAnEndForProgressThatIsHeldBack() throws Exception {
        // given
        TestJob job = job(1);
        outbox.offer(job.created());
        outbox.offer(job.started());
        outbox.offer(job.progressed(1));
        takeAll();
        outbox.offer(job.progressed(2));

        // when
        outbox.offer(job.succeeded());

        // then
        assertThat(takeAll()).extracting(ServerMessage::type).containsExactly("job_completed");
        nanos.addAndGet(Outbox.PROGRESS_PAUSE.toNanos());
        assertThat(takeAll()).isEmpty();
    }

    @Test
    void shouldNotMoveThePositionPastProgressThatIsHeldBack() throws Exception {
        // given
        TestJob job = job(1);
        TestJob other = job(2);
        outbox.offer(job.created());
        outbox.offer(job.started());
        outbox.offer(job.progressed(1));
        takeAll();
        outbox.offer(job.progressed(2));

        // when
        outbox.offer(other.created());

        // then
        assertThat(positions(takeAll())).containsExactly(at(3).toString());
        assertThat(outbox.place()).isEqualTo(at(3));
        outbox.reached(at(5));
        assertThat(outbox.place()).isEqualTo(at(3));
        nanos.addAndGet(Outbox.PROGRESS_PAUSE.toNanos());
        assertThat(positions(takeAll())).containsExactly(at(5).toString());
        assertThat(outbox.place()).isEqualTo(at(5));
    }

    @Test
    void shouldKeepTheOrderOfOneJob() throws Exception {
        // given
        TestJob job = job(1);
        outbox.offer(job.created());
        outbox.offer(job.started());
        outbox.offer(job.progressed(1));

        // when
        List<ServerMessage> told = takeAll();

        // then
        assertThat(told).extracting(ServerMessage::type)
                .containsExactly("job_created", "job_started", "job_progress");
        assertThat(positions(told)).containsExactly(at(1).toString(), at(2).toString(), at(3).toString());
    }

    @Test
    void shouldTakeNoMoreThanThereIsRoomForAndSayWhereToGoOn() throws Exception {
        // given
        outbox.offer(job(0).created());
        takeAll();
        for (int i = 1; i <= CAPACITY; i++) {
            assertThat(outbox.offer(job(i).created())).isTrue();
        }

        // when
        boolean taken = outbox.offer(job(9).created());

        // then
        assertThat(taken).isFalse();
        assertThat(outbox.place()).isEqualTo(at(1));
    }

    @Test
    void shouldMoveThePositionWhereNothingIsToBeTold() throws Exception {
        // given
        outbox.offer(job(1).created());

        // when
        outbox.reached(at(7));

        // then
        assertThat(outbox.place()).isEqualTo(at(0));
        takeAll();
        outbox.reached(at(8));
        assertThat(outbox.place()).isEqualTo(at(8));
    }

    @Test
    void shouldLetThoseWaitForRoomWhoMay() throws Exception {
        // given
        Outbox real = new Outbox(1, System::nanoTime);
        real.offer(job(1).created());
        JobHappening second = job(2).created();

        // when
        CompletableFuture<Boolean> taken = CompletableFuture.supplyAsync(() -> {
            real.awaitRoom(Duration.ofMinutes(1));
            return real.offer(second);
        });

        // then
        assertThat(real.take(Duration.ofMinutes(1))).isPresent();
        assertThat(taken.get(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void shouldTakeNoMoreAnswersThanThereIsRoomFor() {
        // given
        int taken = 0;

        // when
        while (outbox.answer(new ServerMessage.Pong("r" + taken))) {
            taken++;
        }

        // then
        assertThat(taken).isEqualTo(100);
    }

    @Test
    void shouldTellTheNewestCountsOnly() throws Exception {
        // given
        outbox.stats(Map.of("n", 1));
        outbox.stats(Map.of("n", 2));

        // when
        List<ServerMessage> told = takeAll();

        // then
        assertThat(told).containsExactly(new ServerMessage.StatsUpdate(at(0).toString(), Map.of("n", 2)));
    }

    @Test
    void shouldGiveNothingOnceItIsClosed() throws Exception {
        // given
        outbox.offer(job(1).created());

        // when
        boolean first = outbox.close();

        // then
        assertThat(first).isTrue();
        assertThat(outbox.close()).isFalse();
        assertThat(outbox.take(Duration.ofMinutes(1))).isEmpty();
        assertThat(outbox.offer(job(2).created())).isFalse();
    }

    private List<ServerMessage> takeAll() throws InterruptedException {
        List<ServerMessage> all = new ArrayList<>();
        for (Optional<ServerMessage> next = take(); next.isPresent(); next = take()) {
            all.add(next.get());
        }
        return all;
    }

    private Optional<ServerMessage> take() throws InterruptedException {
        return outbox.take(Duration.ZERO);
    }

    private static List<String> percents(List<ServerMessage> told) {
        return told.stream().filter(message -> message.type().equals("job_progress"))
                .map(message -> String.valueOf(((JobNews) message).job().view().progress().orElseThrow().percent()))
                .toList();
    }

    private static List<String> positions(List<ServerMessage> told) {
        return told.stream().map(message -> ((JobNews) message).position()).toList();
    }

    private static LogPosition at(long offset) {
        return LogPosition.BEGINNING.after("events", 0, offset);
    }

    private TestJob job(int number) {
        return new TestJob(number, () -> {
            offset++;
            return at(offset);
        });
    }
}
