package dev.leat.domain;

import static dev.leat.domain.Facts.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JobFoldProperties {

    /** What stands on the topics for one job, each in its own order: any facts at all, likely ones or not. */
    record Topics(List<Fact> highLane, List<Fact> normalLane, List<Fact> events, List<Fact> control) {

        List<Fact> interleaved(Random random) {
            List<Iterator<Fact>> open = new ArrayList<>(
                    List.of(highLane.iterator(), normalLane.iterator(), events.iterator(),
                            control.iterator()));
            List<Fact> facts = new ArrayList<>();
            while (!open.isEmpty()) {
                Iterator<Fact> topic = open.get(random.nextInt(open.size()));
                if (topic.hasNext()) {
                    facts.add(topic.next());
                } else {
                    open.remove(topic);
                }
            }
            return facts;
        }
    }

    @Provide
    Arbitrary<Topics> topics() {
        Arbitrary<Fact> high = Arbitraries.of("{}", "{\"limit\":9}")
                .map(params -> new Fact.JobQueued(1, submission(Lane.HIGH, params)));
        Arbitrary<Fact> normal = Arbitraries.of("{}", "{\"limit\":7}")
                .map(params -> new Fact.JobQueued(1, submission(Lane.NORMAL, params)));
        Arbitrary<ClaimId> claims = Arbitraries.of(CLAIM, OTHER_CLAIM, new ClaimId("claim-3"));
        Arbitrary<Fact> events = Arbitraries.oneOf(
                claims.map(Facts::started),
                claims.map(Facts::started),
                claims.map(Facts::abandoned),
                Combinators.combine(claims, Arbitraries.longs().between(1, 5))
                        .as((claim, sequence) -> progressed(claim, sequence, 10.0 * sequence)),
                claims.map(Facts::succeeded),
                claims.map(Facts::failed),
                claims.map(Facts::stopped),
                Arbitraries.of(rejected(), cancelled()));
        return Combinators.combine(high.list().ofMaxSize(2), normal.list().ofMaxSize(2), events.list().ofMaxSize(8),
                Arbitraries.<Fact>of(cancelRequested(), new Fact.CancelRequested(NOON.plusSeconds(9)))
                        .list()
                        .ofMaxSize(2))
                .as(Topics::new);
    }

    @Property
    void anyInterleavingOfTheTopicsGivesOneJob(@ForAll("topics") Topics topics, @ForAll Random random) {
        assertThat(fold(topics.interleaved(random))).isEqualTo(fold(topics.interleaved(random)));
    }

    @Property
    void aFactThatCountedChangesNothingWhenItComesAgain(@ForAll("topics") Topics topics, @ForAll Random random) {
        List<Fact> facts = topics.interleaved(random);
        Job job = Job.unknown(JOB);
        List<Fact> counted = new ArrayList<>();
        for (Fact fact : facts) {
            Job next = JobFold.apply(job, fact);
            if (!next.equals(job)) {
                counted.add(fact);
            }
            job = next;
            if (!counted.isEmpty()) {
                Fact again = counted.get(random.nextInt(counted.size()));
                assertThat(JobFold.apply(job, again)).as("%s again after %s", again, facts).isEqualTo(job);
            }
        }
    }

    @Property
    void nothingChangesHowAJobEnded(@ForAll("topics") Topics topics, @ForAll Random random) {
        Job job = Job.unknown(JOB);
        for (Fact fact : topics.interleaved(random)) {
            Job next = JobFold.apply(job, fact);
            if (job.state().isTerminal()) {
                assertThat(next.state()).isEqualTo(job.state());
                assertThat(next.outcome()).isEqualTo(job.outcome());
                assertThat(next.claims()).isEqualTo(job.claims());
            }
            job = next;
        }
    }
}
