package dev.leat.domain.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import dev.leat.domain.Fact;
import dev.leat.domain.Facts;
import dev.leat.domain.Job;
import dev.leat.domain.JobState;
import dev.leat.domain.Submission;
import dev.leat.domain.live.Happening.Kind;

class RewindProperties {

    /** What a watcher sees of a happening, but for a cancellation that a job forgets when it ends otherwise. */
    private record Told(Kind kind, JobState state, int attempt, Fact fact) {

        static Told of(Happening happening) {
            Job job = happening.job();
            return new Told(happening.kind(), job.state(), job.attempt(), happening.fact());
        }
    }

    private static List<Told> tell(JobWatch watch, List<Fact> facts) {
        List<Told> told = new ArrayList<>();
        facts.forEach(fact -> watch.apply(fact).map(Told::of).ifPresent(told::add));
        return told;
    }

    @Property(tries = 2000)
    void whoResumesAnywhereIsToldWhatAnotherIsToldWhoNeverLeft(@ForAll long seed) {
        Random random = new Random(seed);
        List<Fact> facts = JobLife.facts(random, 1 + random.nextInt(8));
        Job now = Facts.fold(facts);
        for (int cut = 0; cut <= facts.size(); cut++) {
            List<Fact> since = facts.subList(cut, facts.size());
            JobWatch stayed = new JobWatch(Job.unknown(Facts.JOB));
            tell(stayed, facts.subList(0, cut));

            JobWatch resumed = new JobWatch(Rewind.before(now, since));

            assertThat(tell(resumed, since)).as("after %s of %s", cut, facts)
                    .containsExactlyElementsOf(tell(stayed, since));
        }
    }

    @Property(tries = 300)
    void whoResumesWhileTheJobGoesOnIsToldTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        List<Fact> facts = JobLife.facts(random, 1 + random.nextInt(8));
        int known = random.nextInt(facts.size() + 1);
        int cut = random.nextInt(known + 1);
        JobWatch stayed = new JobWatch(Job.unknown(Facts.JOB));
        tell(stayed, facts.subList(0, cut));

        JobWatch resumed = new JobWatch(
                Rewind.before(Facts.fold(facts.subList(0, known)), facts.subList(cut, known)));

        List<Fact> since = facts.subList(cut, facts.size());
        assertThat(tell(resumed, since)).isEqualTo(tell(stayed, since));
    }

    @Property(tries = 100)
    void attemptsThatTheJobHasForgottenAreToldAsWell(@ForAll long seed) {
        List<Fact> facts = JobLife.facts(new Random(seed), 60);
        JobWatch stayed = new JobWatch(Job.unknown(Facts.JOB));

        JobWatch resumed = new JobWatch(Rewind.before(Facts.fold(facts), facts));

        assertThat(tell(resumed, facts)).isEqualTo(tell(stayed, facts));
    }

    @Property(tries = 2000)
    void inTheOrderInWhichTheyWereWrittenNoFactIsEarly(@ForAll long seed) {
        Random random = new Random(seed);
        List<Fact> facts = JobLife.asWritten(random, 1 + random.nextInt(8));
        int cut = random.nextInt(facts.size() + 1);
        JobWatch resumed = new JobWatch(
                Rewind.before(Facts.fold(facts), facts.subList(cut, facts.size())));

        for (Fact fact : facts.subList(cut, facts.size())) {
            assertThat(resumed.isEarly(fact)).as("%s after %s of %s", fact, cut, facts).isFalse();
            resumed.apply(fact);
        }
    }

    @Property(tries = 2000)
    void whoLetsFactsWaitUntilTheyAreNotEarlyIsToldAllAttemptsWhicheverTopicIsReadFirst(@ForAll long seed) {
        int attempts = 1 + (int) Long.remainderUnsigned(seed, 8);
        List<Told> asWritten = tell(new JobWatch(Job.unknown(Facts.JOB)),
                JobLife.asWritten(new Random(seed), attempts));
        List<Deque<Fact>> topics = JobLife.topics(new Random(seed), attempts);
        Random reader = new Random(~seed);
        JobWatch watch = new JobWatch(Job.unknown(Facts.JOB));

        List<Told> told = new ArrayList<>();
        while (!topics.isEmpty()) {
            List<Deque<Fact>> ready = topics.stream().filter(topic -> !watch.isEarly(topic.getFirst())).toList();
            assertThat(ready).as("one topic at least can be read on, of %s", topics).isNotEmpty();
            Fact next = ready.get(reader.nextInt(ready.size())).remove();
            watch.apply(next).map(Told::of).ifPresent(told::add);
            topics.removeIf(Deque::isEmpty);
        }

        assertThat(attempts(told)).isEqualTo(attempts(asWritten));
    }

    /** When attempts wait and run, and how it ends: without what is known of the job before its first command, and of its cancellation. */
    private static List<String> attempts(List<Told> told) {
        return told.stream()
                .filter(one -> one.fact() instanceof Fact.AttemptStarted || one.fact() instanceof Fact.JobQueued
                        || one.kind() == Kind.END)
                .map(one -> one.state() + " " + one.attempt())
                .toList();
    }

    @Property(tries = 1000)
    void aFactIsToldOnceAndTheEndLast(@ForAll long seed) {
        Random random = new Random(seed);
        List<Fact> facts = JobLife.facts(random, 5);
        JobWatch watch = new JobWatch(Job.unknown(Facts.JOB));
        List<Happening> told = new ArrayList<>();
        for (Fact fact : facts) {
            watch.apply(fact).ifPresent(told::add);
            Optional<Happening> again = told.isEmpty()
                    ? Optional.empty()
                    : watch.apply(told.get(random.nextInt(told.size())).fact());
            assertThat(again.filter(happening -> happening.kind() != Kind.LOG)).isEmpty();
        }
        assertThat(told.getFirst().kind()).isIn(Kind.CREATED, Kind.END);
        assertThat(told).filteredOn(happening -> happening.kind() == Kind.END).containsExactly(told.getLast());
    }

    @Property(tries = 500)
    void theSameIsToldWithoutWhatIsLarge(@ForAll long seed) {
        Random random = new Random(seed);
        List<Fact> facts = JobLife.facts(random, 5);
        int cut = random.nextInt(facts.size() + 1);
        List<Fact> rest = facts.subList(cut, facts.size());
        Job whole = Facts.fold(facts.subList(0, cut));
        JobWatch slim = new JobWatch(Slim.of(whole));

        List<Told> told = tell(new JobWatch(whole), rest);

        assertThat(tell(slim, rest.stream().map(Slim::of).toList())).extracting(Told::kind, Told::state, Told::attempt)
                .isEqualTo(told.stream().map(one -> tuple(one.kind(), one.state(), one.attempt())).toList());
        assertThat(slim.job().submission().map(Submission::params).filter(params -> !params.value().equals("null")))
                .isEmpty();
    }
}
