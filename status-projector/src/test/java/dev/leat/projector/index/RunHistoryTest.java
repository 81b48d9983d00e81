package dev.leat.projector.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.estimate.RunTimes;
import dev.leat.projector.Samples;

class RunHistoryTest {

    private static final JobTypeName TYPE = JobTypeName.parse("demo:prime");

    private final RunHistory history = new RunHistory();

    private Job fold(Job job, Fact... facts) {
        Job after = job;
        for (Fact fact : facts) {
            Job before = after;
            after = JobFold.apply(before, fact);
            history.update(before, after);
        }
        return after;
    }

    @Test
    void shouldKnowHowLongCompletedJobsRanEachOnce() {
        Job job = fold(Job.unknown(Samples.id()), Samples.queued(), Samples.started(), Samples.succeeded(),
                Samples.succeeded());
        fold(Job.unknown(Samples.id()), Samples.queued(), Samples.started(), Samples.failed());

        assertThat(history.of(TYPE)).isEqualTo(new RunTimes(1, 2.0, 0));
        history.update(Job.unknown(job.id()), job);
        assertThat(history.of(TYPE).count()).as("as when a store is read at the start").isEqualTo(2);
    }
}
