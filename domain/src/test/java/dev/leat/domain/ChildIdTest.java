package dev.leat.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;

class ChildIdTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    private final JobId parent = JobId.draw(NOON, new Random(7));

    @Test
    void shouldBeTheSameForTheSameKeyAndAnotherForAnyOther() {
        JobId child = parent.child("a");

        assertThat(parent.child("a")).isEqualTo(child);
        assertThat(parent.child("b")).isNotEqualTo(child);
        assertThat(JobId.draw(NOON, new Random(8)).child("a")).isNotEqualTo(child);
        assertThat(child.child("a")).isNotEqualTo(child);
    }

    @Test
    void shouldHaveTheFormOfVersion7WithTheTimeOfItsParent() {
        UUID child = parent.child("a").value();

        assertThat(child.version()).isEqualTo(7);
        assertThat(child.variant()).isEqualTo(2);
        assertThat(child.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
        assertThat(JobId.parse(child.toString()).value()).isEqualTo(child);
    }

    /** A change of the derivation would submit anew what a running job has asked for before an upgrade. */
    @Test
    void shouldStayAsItIs() {
        assertThat(JobId.parse("019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10").child("a"))
                .hasToString("019aa3c1-7d52-7c59-9c9d-716ac9dc6058");
    }

    @Test
    void shouldTakeParentWithoutTime() {
        JobId foreign = new JobId(UUID.fromString("4d4b0b7e-8a5c-4b7e-9d3f-0c1d2e3f4a5b"));

        assertThat(foreign.child("a").value().getMostSignificantBits() >>> 16).isZero();
    }
}
