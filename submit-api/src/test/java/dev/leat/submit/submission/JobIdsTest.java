package dev.leat.submit.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.PolicyOverrides;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;

class JobIdsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T05:29:00.123Z");

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 12, 1_000})
    void shouldDrawIdsIntoThePartitionOfTheKey(int partitions) {
        JobIds ids = new JobIds(new Random(7), () -> partitions);
        for (String key : List.of("a", "größer", "params:0123", "x".repeat(200))) {
            int home = partition(key, partitions);
            assertThat(partition(ids.draw(unique(key)).toString(), partitions)).as(key).isEqualTo(home);
            assertThat(partition(ids.draw(requested(key)).toString(), partitions)).as(key).isEqualTo(home);
        }
    }

    @Test
    void shouldSpreadJobsWithoutAKey() {
        // given
        JobIds ids = new JobIds(new Random(7), () -> 4);

        // when
        Set<Integer> drawn = IntStream.range(0, 100)
                .mapToObj(_ -> partition(ids.draw(submission(Terms.NONE)).toString(), 4))
                .collect(Collectors.toSet());

        // then
        assertThat(drawn).hasSize(4);
    }

    @Test
    void shouldDrawAnotherIdForEachJobOfAKey() {
        // given
        JobIds ids = new JobIds(new Random(7), () -> 12);

        // when
        List<JobId> drawn = IntStream.range(0, 100).mapToObj(_ -> ids.draw(unique("k"))).toList();

        // then
        assertThat(drawn).doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id.value().version()).isEqualTo(7);
            assertThat(id.value().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        });
    }

    private static int partition(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }

    private static Submission unique(String key) {
        return submission(new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key),
                Optional.empty()));
    }

    private static Submission requested(String key) {
        return submission(new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(new Terms.Idempotency(key, "fingerprint"))));
    }

    private static Submission submission(Terms terms) {
        return new Submission(new JobTypeName("demo", "echo"), Lane.LOW, new Json("{}"), List.of(),
                PolicyOverrides.NONE, terms, NOW);
    }
}
