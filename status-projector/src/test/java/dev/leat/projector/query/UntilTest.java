package dev.leat.projector.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.projector.Samples;

class UntilTest {

    private final Job keyed = JobFold.apply(Job.unknown(Samples.id()), Samples.scheduled(Samples.unique("k")));

    @Test
    void shouldTakeAJobWithAKeyForDecidedOnceItIsAdmittedOrRefused() {
        assertThat(Until.DECIDED.holds(keyed)).isFalse();
        assertThat(Until.DECIDED.holds(JobFold.apply(keyed, new Fact.JobAdmitted(Samples.NOW)))).isTrue();
        assertThat(Until.DECIDED.holds(JobFold.apply(keyed, Samples.rejected()))).isTrue();
    }

    @Test
    void shouldTakeAJobWithoutAKeyForDecided() {
        Job later = JobFold.apply(Job.unknown(Samples.id()),
                Samples.scheduled(Samples.limits(Optional.empty(), Optional.empty())));
        Job queued = JobFold.apply(Job.unknown(Samples.id()), Samples.queued());

        assertThat(Until.DECIDED.holds(later)).isTrue();
        assertThat(Until.DECIDED.holds(queued)).isTrue();
    }

    @Test
    void shouldTakeAJobForEndedOnceNothingCanMoveIt() {
        Job running = JobFold.apply(JobFold.apply(Job.unknown(Samples.id()), Samples.queued()), Samples.started());

        assertThat(Until.ENDED.holds(keyed)).isFalse();
        assertThat(Until.ENDED.holds(running)).isFalse();
        assertThat(Until.ENDED.holds(JobFold.apply(running, Samples.failed(Optional.of(Samples.BACKOFF))))).isFalse();
        assertThat(Until.ENDED.holds(JobFold.apply(running, Samples.succeeded()))).isTrue();
        assertThat(Until.ENDED.holds(JobFold.apply(running, Samples.failed()))).isTrue();
    }
}
