package dev.leat.projector.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.projector.Samples;

class JobIndexTest {

    private final JobIndex index = new JobIndex();

    private Job fold(Job job, Fact fact) {
        Job after = JobFold.apply(job, fact);
        index.update(job, after);
        return after;
    }

    private Job queued(String type, Instant submittedAt, String... tags) {
        return fold(Job.unknown(Samples.id()), Samples.queued(type, submittedAt, tags));
    }

    private List<JobId> ids(JobFilter filter) {
        return index.newest(filter, Optional.empty()).map(job -> job.position().id()).toList();
    }

    private static JobFilter filter(String state, String plugin, String type, String tag) {
        return new JobFilter(Optional.of(state).flatMap(JobState::ofWireName), given(plugin), given(type), given(tag),
                Optional.empty());
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    @Test
    void shouldListNewestFirstThenByIdAndPageWithoutGapsOrRepeats() {
        List<Job> jobs = new ArrayList<>();
        Random random = new Random(7);
        IntStream.range(0, 200)
                .forEach(_ -> jobs.add(queued("demo:prime", Samples.NOW.plusMillis(random.nextInt(20)))));
        List<JobId> expected = jobs.stream()
                .sorted(Comparator.comparing((Job job) -> job.submission().orElseThrow().submittedAt())
                        .thenComparing(Job::id)
                        .reversed())
                .map(Job::id)
                .toList();

        List<JobId> paged = new ArrayList<>();
        Optional<ListPosition> cursor = Optional.empty();
        do {
            List<ListedJob> page = index.newest(JobFilter.ALL, cursor).limit(7).toList();
            page.forEach(job -> paged.add(job.position().id()));
            cursor = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().position());
        } while (cursor.isPresent());

        assertThat(paged).isEqualTo(expected);
    }

    @Test
    void shouldFilterByStateAndPluginAndTypeAndTag() {
        Job prime = queued("demo:prime", Samples.NOW, "nightly");
        Job echo = queued("demo:echo", Samples.NOW.plusSeconds(1));
        Job other = queued("mail:send", Samples.NOW.plusSeconds(2), "nightly");
        fold(echo, Samples.started());

        assertThat(ids(JobFilter.ALL)).containsExactly(other.id(), echo.id(), prime.id());
        assertThat(ids(filter("running", "", "", ""))).containsExactly(echo.id());
        assertThat(ids(filter("queued", "", "", ""))).containsExactly(other.id(), prime.id());
        assertThat(ids(filter("", "demo", "", ""))).containsExactly(echo.id(), prime.id());
        assertThat(ids(filter("", "", "demo:echo", ""))).containsExactly(echo.id());
        assertThat(ids(filter("", "", "", "nightly"))).containsExactly(other.id(), prime.id());
        assertThat(ids(filter("queued", "demo", "demo:prime", "nightly"))).containsExactly(prime.id());
        assertThat(ids(filter("failed", "", "", ""))).isEmpty();
    }

    @Test
    void shouldCountEveryJobInItsStateOnly() {
        Job prime = queued("demo:prime", Samples.NOW);
        queued("mail:send", Samples.NOW);
        Job running = fold(prime, Samples.started());
        fold(fold(running, Samples.progressed(1, 10)), Samples.succeeded());

        assertThat(counts("demo")).containsExactlyEntriesOf(Map.of(JobState.COMPLETED, 1L));
        assertThat(counts("mail")).containsExactlyEntriesOf(Map.of(JobState.QUEUED, 1L));
    }

    @Test
    void shouldCountEveryJobInItsLaneOnly() {
        fold(queued("demo:prime", Samples.NOW), Samples.started());
        fold(Job.unknown(Samples.id()),
                Fact.JobQueued.first(Submission.plain(JobTypeName.parse("demo:prime"), Lane.HIGH,
                        new Json("{}"), List.of(), Samples.NOW)));

        LaneCounts counts = index.counts().getOrDefault("demo", new LaneCounts());
        assertThat(counts.of(Lane.NORMAL).of(JobState.RUNNING)).isEqualTo(1);
        assertThat(counts.of(Lane.NORMAL).of(JobState.QUEUED)).isZero();
        assertThat(counts.of(Lane.HIGH).of(JobState.QUEUED)).isEqualTo(1);
        assertThat(counts.of(Lane.LOW).of(JobState.QUEUED)).isZero();
        assertThat(counts.of(JobState.QUEUED)).isEqualTo(1);
    }

    @Test
    void shouldMoveJobWhoseSubmissionIsReplaced() {
        Job first = queued("demo:prime", Samples.NOW);
        Fact.JobQueued preferred = Fact.JobQueued.first(Submission.plain(JobTypeName.parse("audit:check"), Lane.HIGH,
                new Json("{}"), List.of(), Samples.NOW.minusSeconds(5)));

        fold(first, preferred);

        assertThat(index.newest(JobFilter.ALL, Optional.empty())).singleElement()
                .satisfies(job -> assertThat(job.position().submittedAtMillis())
                        .isEqualTo(Samples.NOW.minusSeconds(5).toEpochMilli()));
        assertThat(ids(filter("queued", "", "", ""))).containsExactly(first.id());
        assertThat(counts("demo")).isEmpty();
        assertThat(counts("audit")).containsExactlyEntriesOf(Map.of(JobState.QUEUED, 1L));
    }

    @Test
    void shouldForgetDeletedJob() {
        Job kept = queued("demo:prime", Samples.NOW);
        Job gone = queued("demo:prime", Samples.NOW, "nightly");

        index.update(gone, Job.unknown(gone.id()));

        assertThat(ids(JobFilter.ALL)).containsExactly(kept.id());
        assertThat(ids(filter("queued", "", "", ""))).containsExactly(kept.id());
        assertThat(counts("demo")).containsExactlyEntriesOf(Map.of(JobState.QUEUED, 1L));
    }

    /** The states that have any jobs. */
    private Map<JobState, Long> counts(String plugin) {
        LaneCounts counts = index.counts().getOrDefault(plugin, new LaneCounts());
        return Arrays.stream(JobState.values())
                .filter(state -> counts.of(state) != 0)
                .collect(Collectors.toMap(Function.identity(), counts::of));
    }

    @Test
    void shouldFindTheOperationsOfABatch() {
        Submission plain = Samples.submission("demo:prime", Samples.NOW);
        Job ofBatch = fold(Job.unknown(Samples.id()),
                Fact.JobQueued.first(plain.of(new Origin(Origin.Kind.BATCH, "night", 3))));
        fold(Job.unknown(Samples.id()), Fact.JobQueued.first(plain.of(new Origin(Origin.Kind.BATCH, "day", 3))));
        fold(Job.unknown(Samples.id()), Fact.JobQueued.first(plain.of(new Origin(Origin.Kind.SCHEDULE, "night", 3))));
        fold(Job.unknown(Samples.id()), Fact.JobQueued.first(plain));

        assertThat(ids(new JobFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of("night")))).containsExactly(ofBatch.id());
    }
}
