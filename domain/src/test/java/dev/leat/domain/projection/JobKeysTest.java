package dev.leat.domain.projection;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobState;
import dev.leat.domain.Terms;

/** Keys, as {@link Projection} decides about them. */
class JobKeysTest {

    private static final Instant NOW = NOON.plusSeconds(60);
    private static final JobId FIRST = JOB;
    private static final JobId SECOND = JobId.parse("01932d3a-7b4c-7000-8000-000000000002");
    private static final JobId THIRD = JobId.parse("01932d3a-7b4c-7000-8000-000000000003");

    private final Projection projection = new Projection(Duration.ofHours(1));
    private final Map<JobId, Job> jobs = new HashMap<>();
    private final MapOfHolders holders = new MapOfHolders(jobs);

    private static Terms unique(String key) {
        return new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key), Optional.empty());
    }

    private static Terms request(String key, String fingerprint) {
        return new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(new Terms.Idempotency(key, fingerprint)));
    }

    private static Fact.JobScheduled pending(Terms terms) {
        return new Fact.JobScheduled(submission(terms));
    }

    private Job job(JobId id) {
        return jobs.getOrDefault(id, Job.unknown(id));
    }

    /** Folds the fact and carries out what follows for keys and the job. */
    private List<Effect> apply(JobId id, Fact fact) {
        Job before = job(id);
        Job after = JobFold.apply(before, fact);
        List<Effect> effects = projection.folded(before, after, fact, holders, NOW);
        jobs.put(id, after);
        carryOut(id, effects);
        return effects;
    }

    private void carryOut(JobId id, List<Effect> effects) {
        effects.forEach(effect -> {
            switch (effect) {
                case Effect.HoldKey(String key) -> holders.hold(key, id);
                case Effect.FreeKey(String key) -> holders.free(key, id);
                case Effect.Forget(JobId job) -> jobs.remove(job);
                default -> {
                    // not about keys
                }
            }
        });
    }

    private static Optional<Fact.JobRejected> rejection(List<Effect> effects) {
        return effects.stream()
                .flatMap(effect -> effect instanceof Effect.Decide(Fact.JobRejected rejected)
                        ? Optional.of(rejected).stream()
                        : Stream.empty())
                .findFirst();
    }

    private static Optional<String> code(List<Effect> effects) {
        return rejection(effects).map(Fact.JobRejected::error).map(JobError::code);
    }

    @BeforeEach
    void theFirstJobHoldsItsKey() {
        assertThat(apply(FIRST, pending(unique("k")))).containsExactly(new Effect.HoldKey("unique:k"),
                new Effect.Decide(new Fact.JobAdmitted(NOW)),
                new Effect.Queue(Fact.JobQueued.first(submission(unique("k")))));
    }

    @Test
    void shouldRejectASecondJobOfTheKeyInFavourOfTheFirst() {
        List<Effect> effects = apply(SECOND, pending(unique("k")));

        assertThat(code(effects)).contains(JobKeys.DUPLICATE);
        assertThat(rejection(effects).flatMap(Fact.JobRejected::inFavourOf)).contains(FIRST);
        assertThat(effects).hasSize(1);
    }

    @Test
    void shouldAdmitASecondJobOnceTheFirstHasEnded() {
        apply(FIRST, cancelled());
        assertThat(holders.all()).isEmpty();

        assertThat(code(apply(SECOND, pending(unique("k"))))).isEmpty();
        assertThat(holders.all()).containsEntry("unique:k", SECOND);
    }

    @Test
    void shouldLeaveTheKeyWithItsNewHolderWhenTheOldOneIsForgotten() {
        apply(FIRST, cancelled());
        apply(SECOND, pending(unique("k")));

        carryOut(FIRST, projection.due(job(FIRST), new DueAction.Purge(), NOW));

        assertThat(holders.all()).containsExactly(Map.entry("unique:k", SECOND));
    }

    @Test
    void shouldNotFreeTheKeyWhenTheOneThatWasRefusedEnds() {
        Fact.JobRejected rejected = rejection(apply(SECOND, pending(unique("k")))).orElseThrow();
        apply(SECOND, rejected);

        assertThat(job(SECOND).state()).isEqualTo(JobState.REJECTED);
        assertThat(holders.all()).containsExactly(Map.entry("unique:k", FIRST));
    }

    @Test
    void shouldRefuseAKeyThatBelongsElsewhere() {
        assertThat(code(apply(SECOND, pending(unique(MapOfHolders.STRAY))))).contains(JobKeys.WRONG_PARTITION);
        assertThat(code(apply(THIRD, pending(request(MapOfHolders.STRAY, "f"))))).contains(JobKeys.WRONG_PARTITION);
    }

    @Test
    void shouldAnswerARepeatedRequestWithTheFirstJobAlsoWhenThatHasEnded() {
        apply(SECOND, pending(request("r", "body")));
        apply(SECOND, cancelled());

        assertThat(code(apply(THIRD, pending(request("r", "body"))))).contains(JobKeys.REPEATED);
        assertThat(holders.all()).containsEntry("request:r", SECOND);
    }

    @Test
    void shouldRefuseAnotherRequestOfTheSameKey() {
        apply(SECOND, pending(request("r", "body")));

        assertThat(code(apply(THIRD, pending(request("r", "other"))))).contains(JobKeys.KEY_REUSED);
    }

    @Test
    void shouldForgetARequestWithItsJob() {
        apply(SECOND, pending(request("r", "body")));
        apply(SECOND, cancelled());
        carryOut(SECOND, projection.due(job(SECOND), new DueAction.Purge(), NOW));

        assertThat(holders.all()).doesNotContainKey("request:r");
        assertThat(jobs).doesNotContainKey(SECOND);
    }

    @Test
    void shouldKeepTheAnswerToARepeatedRequestOnlyForAMoment() {
        apply(SECOND, pending(request("r", "body")));
        Fact.JobRejected repeated = rejection(apply(THIRD, pending(request("r", "body")))).orElseThrow();

        assertThat(apply(THIRD, repeated))
                .contains(new Effect.Schedule(NOW.plusSeconds(60), new DueAction.Purge()));
    }

    @Test
    void shouldNotReleaseAKeyedJobBeforeItsAdmissionIsKnown() {
        Terms later = new Terms(Optional.of(NOW.plusSeconds(9)), Optional.empty(), Optional.empty(), Optional.of("l"),
                Optional.empty());
        apply(SECOND, pending(later));

        assertThat(projection.due(job(SECOND), new DueAction.Release(), NOW))
                .containsExactly(new Effect.Schedule(NOW.plusSeconds(1), new DueAction.Release()));
        apply(SECOND, new Fact.JobAdmitted(NOW));
        assertThat(projection.due(job(SECOND), new DueAction.Release(), NOW))
                .containsExactly(new Effect.Queue(Fact.JobQueued.first(submission(later))));
    }
}
