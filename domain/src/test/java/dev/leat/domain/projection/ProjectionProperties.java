package dev.leat.domain.projection;

import static dev.leat.domain.Facts.submission;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import dev.leat.domain.EndReason;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobNotice;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ProjectionProperties {

    private static final int MOST_STEPS = 3_000;

    private static Optional<Instant> sometimes(Random random, Instant now) {
        return random.nextInt(4) == 0 ? Optional.of(now.plusSeconds(random.nextInt(20) - 2)) : Optional.empty();
    }

    private static Terms terms(Random random, Instant now) {
        Optional<String> unique = random.nextInt(3) == 0 ? Optional.of("key-" + random.nextInt(2)) : Optional.empty();
        Optional<Terms.Idempotency> request = random.nextInt(4) == 0
                ? Optional.of(new Terms.Idempotency("request", "body-" + random.nextInt(2)))
                : Optional.empty();
        return new Terms(sometimes(random, now), sometimes(random, now), sometimes(random, now), unique, request);
    }

    private static void submit(ProjectorModel model, JobId job, Random random) {
        Terms terms = terms(random, model.now());
        Submission submission = submission(terms).of(new Origin(Origin.Kind.BATCH, "batch", 0));
        if (terms.isConditional()) {
            model.submit(job, new Fact.JobScheduled(submission));
        } else {
            model.submit(job, Fact.JobQueued.first(submission));
        }
    }

    @Property(tries = 2000)
    void everyJobEndsAndEachAttemptIsQueuedOnce(@ForAll long seed) {
        Random random = new Random(seed);
        ProjectorModel model = new ProjectorModel(random);
        List<JobId> submitted = new ArrayList<>();
        for (int i = 0; i < MOST_STEPS; i++) {
            if (submitted.size() < 6 && random.nextInt(4) == 0) {
                submitted.add(JobId.draw(Instant.EPOCH, random));
                submit(model, submitted.getLast(), random);
            }
            if (!submitted.isEmpty() && i < 100 && random.nextInt(15) == 0) {
                model.request(submitted.get(random.nextInt(submitted.size())), EndReason.CANCEL);
            }
            boolean goesOn = model.step();
            model.assertNobodyWaitsInVain();
            assertKeysHaveOneOpenJob(model);
            if (!goesOn && !model.advance() && submitted.size() == 6) {
                break;
            }
        }
        assertThat(submitted).allSatisfy(job -> assertThat(model.endedAndForgotten.contains(job)
                || model.jobs.getOrDefault(job, Job.unknown(job)).state().isTerminal())
                .as("%s has ended", model.jobs.get(job)).isTrue());
        assertThat(model.notices).extracting(JobNotice::job).containsExactlyInAnyOrderElementsOf(submitted);
    }

    private static void assertKeysHaveOneOpenJob(ProjectorModel model) {
        Map<String, JobId> open = new HashMap<>();
        model.jobs.values()
                .stream()
                .filter(job -> job.intake().admitted() && !job.state().isTerminal())
                .forEach(job -> job.submission()
                        .flatMap(submission -> submission.terms().uniqueKey())
                        .ifPresent(key -> assertThat(open.put(key, job.id()))
                                .as("another open job that was admitted with %s, besides %s", key, job.id())
                                .isNull()));
    }
}
