package dev.leat.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.leat.domain.Lane;

class TopicsTest {

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);

    @Test
    void shouldNameTopics() {
        assertThat(topics.jobs("demo", Lane.HIGH)).isEqualTo("leat.jobs.demo.high");
        assertThat(topics.lanesOf("demo")).containsExactly("leat.jobs.demo.high", "leat.jobs.demo.normal",
                "leat.jobs.demo.low");
        assertThat(topics.pending()).isEqualTo("leat.pending");
        assertThat(topics.events()).isEqualTo("leat.events");
        assertThat(topics.control()).isEqualTo("leat.control");
        assertThat(topics.workers()).isEqualTo("leat.workers");
        assertThat(topics.plugins()).isEqualTo("leat.plugins");
        assertThat(topics.deadLetter()).isEqualTo("leat.dead-letter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"leat.", "a-", "Team_7.leat.", "0.", "a..",
            "123456789012345678901234567890123456789012345678901234567890."})
    void shouldTakePrefix(String prefix) {
        assertThat(new Topics(prefix).events()).isEqualTo(prefix + "events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-", "leat", "leat_", "le at.", "leät.", "leat/.", "leat.\n",
            "1234567890123456789012345678901234567890123456789012345678901."})
    void shouldRefusePrefix(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Topics(prefix))
                .withMessage("Expected a topic prefix of letters, digits, '.', '_' and '-' that ends with '.' or '-',"
                        + " but got '" + prefix + "'");
    }

    @Test
    void shouldFitIntoKafkasTopicNames() {
        Topics longest = new Topics("p".repeat(60) + ".");
        assertThat(longest.jobs("q".repeat(60), Lane.NORMAL)).hasSizeLessThanOrEqualTo(249);
    }

    @ParameterizedTest
    @ValueSource(strings = {"leat.jobs.demo.urgent", "leat.jobs.demo.HIGH", "leat.jobs.demo", "leat.jobs..high",
            "leat.jobs.high", "leat.jobs.-demo.high", "leat.jobs.demo-.high", "leat.jobs.Demo.high",
            "leat.jobs.a.b.high", "leat.events", "other.jobs.demo.high", "xleat.jobs.demo.high",
            "leatxjobs.demo.high", "leat.jobs.demo.high.old", "leat.jobs.demo.high\n", "",
            "leat.jobs.1234567890123456789012345678901234567890123456789012345678901.high"})
    void shouldNotTakeForLane(String topic) {
        assertThat(topics.parseLane(topic)).isEmpty();
        assertThat(topics.lanePattern().matcher(topic).matches()).isFalse();
        assertThat(topics.commandPattern().matcher(topic).matches()).isFalse();
    }

    @Test
    void shouldFindCommandsInPendingThoughThereAreNoLanes() {
        assertThat(topics.pending()).matches(topics.commandPattern());
        assertThat(
                List.of("leat.pending.old", "xleat.pending", "leat.events", "leat.control", "leat.pendingjobs.a.low"))
                .noneMatch(topics.commandPattern().asMatchPredicate());
    }

    @Test
    void shouldKeepInstallationsWithNestedPrefixesApart() {
        Topics inner = new Topics("leat.jobs.");
        assertThat(topics.parseLane(inner.jobs("demo", Lane.LOW))).isEmpty();
        assertThat(inner.parseLane(topics.jobs("jobs", Lane.LOW))).isEmpty();
    }
}
