package dev.leat.domain;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobFoldTest {

    @Test
    void shouldShowProgressAndResultOfTheClaimThatRan() {
        Job job = fold(queued(), started(CLAIM), progressed(CLAIM, 1, 40), progressed(CLAIM, 2, 80), succeeded(CLAIM));

        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.currentClaim().flatMap(Claim::progress)).contains(new Progress(80, "sieving"));
        assertThat(job.outcome().flatMap(Job.Outcome::result)).contains(new Json("{\"count\":4}"));
    }

    @Test
    void shouldIgnoreProgressThatIsOldNews() {
        Job job = fold(queued(), started(CLAIM), progressed(CLAIM, 2, 80));

        assertThat(JobFold.apply(job, progressed(CLAIM, 1, 40))).isSameAs(job);
    }

    @Test
    void shouldTakeTheOutcomeOfWhicheverRacingClaimWonTheCommit() {
        assertThat(fold(queued(), started(CLAIM), started(OTHER_CLAIM), abandoned(OTHER_CLAIM), succeeded(CLAIM))
                .state()).isEqualTo(JobState.COMPLETED);
        assertThat(fold(queued(), started(CLAIM), started(OTHER_CLAIM), abandoned(CLAIM), succeeded(OTHER_CLAIM))
                .state()).isEqualTo(JobState.COMPLETED);
        assertThat(fold(queued(), started(CLAIM), started(OTHER_CLAIM), succeeded(CLAIM), abandoned(OTHER_CLAIM))
                .currentClaim().map(Claim::id)).contains(CLAIM);
    }

    @Test
    void shouldQueueAgainWhenTheOnlyClaimWasAbandoned() {
        Job job = fold(queued(), started(CLAIM), abandoned(CLAIM));

        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(JobFold.apply(job, started(CLAIM))).as("a late copy of the abandoned start").isSameAs(job);
    }

    @Test
    void shouldRunBeforeItsCommandHasBeenSeen() {
        Job job = fold(started(CLAIM), succeeded(CLAIM));

        assertThat(JobView.of(job)).isEmpty();
        assertThat(JobView.of(JobFold.apply(job, queued())).orElseThrow().status()).isEqualTo("completed");
    }

    @Test
    void shouldRememberTheFirstRequestToCancelOnlyWhileOpen() {
        Job running = fold(queued(), started(CLAIM), cancelRequested());

        assertThat(running.state()).isEqualTo(JobState.RUNNING);
        assertThat(JobView.of(running).orElseThrow().cancelRequested()).isTrue();
        assertThat(JobView.of(JobFold.apply(running, succeeded(CLAIM))).orElseThrow().cancelRequested()).isFalse();
    }

    @Test
    void shouldDecideToCancelAQueuedJobOnceEachTimeItIsQueuedAndUnwanted() {
        Job queued = fold(queued());
        Job unwanted = JobFold.apply(queued, cancelRequested());
        Job running = JobFold.apply(unwanted, started(CLAIM));
        Job again = JobFold.apply(running, abandoned(CLAIM));

        assertThat(Decisions.after(queued, unwanted, NOON)).contains(new Fact.JobCancelled(NOON));
        assertThat(Decisions.after(unwanted, unwanted, NOON)).isEmpty();
        assertThat(Decisions.after(unwanted, running, NOON)).isEmpty();
        assertThat(Decisions.after(running, again, NOON)).contains(new Fact.JobCancelled(NOON));
    }
}
