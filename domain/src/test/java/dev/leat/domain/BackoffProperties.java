package dev.leat.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class BackoffProperties {

    @Provide
    Arbitrary<Backoff> backoffs() {
        Arbitrary<Duration> waits = Arbitraries.longs()
                .between(0, Backoff.MAX.toMillis())
                .map(Duration::ofMillis);
        return Combinators.combine(waits, Arbitraries.doubles().between(1, 100), waits,
                Arbitraries.doubles().between(0, 1)).as(Backoff::new);
    }

    private static JobId job(Random random) {
        return JobId.draw(Instant.EPOCH, random);
    }

    @Property
    void aWaitStaysWithinItsJitter(@ForAll("backoffs") Backoff backoff, @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 200) int tries) {
        Backoff exact = new Backoff(backoff.first(), backoff.factor(), backoff.cap(), 0);
        JobId job = job(random);

        double middle = exact.after(job, tries).toMillis();

        assertThat((double) backoff.after(job, tries).toMillis()).isBetween(middle * (1 - backoff.jitter()) - 1,
                middle * (1 + backoff.jitter()) + 1);
        assertThat(exact.after(job, tries)).isLessThanOrEqualTo(backoff.cap());
    }

    @Property
    void whoeverComputesAWaitGetsTheSame(@ForAll("backoffs") Backoff backoff, @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 200) int tries) {
        JobId job = job(random);
        Backoff same = new Backoff(backoff.first(), backoff.factor(), backoff.cap(), backoff.jitter());

        assertThat(same.after(JobId.parse(job.toString()), tries)).isEqualTo(backoff.after(job, tries));
    }

    /** Ids drawn in the same millisecond differ in few bits only; their waits must not. */
    @Property(tries = 50)
    void jobsThatFailTogetherAreTriedApart(@ForAll Random random, @ForAll @IntRange(min = 1, max = 10) int tries) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1_000), 1, Duration.ofSeconds(1_000), 1);
        Set<Long> tenths = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            tenths.add(backoff.after(job(random), tries).toSeconds() / 200);
        }
        assertThat(tenths).as("tenths of the range from 0 to 2,000 s in which some job waits").hasSize(10);
    }
}
