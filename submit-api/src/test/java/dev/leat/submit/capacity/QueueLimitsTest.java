package dev.leat.submit.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.submit.capacity.QueueLimits.Verdict;

class QueueLimitsTest {

    private final QueueLimits limits = new QueueLimits(10, 25);

    @Test
    void shouldAdmitUpToTheLimitOfThePluginAndNotOneMore() {
        assertThat(limits.judge(Map.of("a", 1), waiting(Map.of("a", 9L)), WaitingJobs.NONE))
                .isEqualTo(new Verdict.Admitted());
        assertThat(limits.judge(Map.of("a", 1), waiting(Map.of("a", 10L)), WaitingJobs.NONE))
                .isEqualTo(new Verdict.PluginFull("a", 10, 10));
        assertThat(limits.judge(Map.of("a", 1), waiting(Map.of("b", 10L)), WaitingJobs.NONE))
                .isEqualTo(new Verdict.Admitted());
    }

    @Test
    void shouldCountWhatWasAcceptedSince() {
        WaitingJobs since = WaitingJobs.NONE.and(Map.of("a", 1)).and(Map.of("a", 1)).and(Map.of("b", 1));

        assertThat(limits.judge(Map.of("a", 1), waiting(Map.of("a", 8L)), since))
                .isEqualTo(new Verdict.PluginFull("a", 10, 10));
        assertThat(limits.judge(Map.of("b", 1), waiting(Map.of("a", 8L, "b", 8L)), since))
                .isEqualTo(new Verdict.Admitted());
    }

    @Test
    void shouldAdmitUpToTheLimitOfAllPluginsAndNotOneMore() {
        WaitingJobs known = waiting(Map.of("a", 9L, "b", 9L, "c", 6L));

        assertThat(limits.judge(Map.of("d", 1), known, WaitingJobs.NONE)).isEqualTo(new Verdict.Admitted());
        assertThat(limits.judge(Map.of("d", 1), known, WaitingJobs.NONE.and(Map.of("c", 1))))
                .isEqualTo(new Verdict.Full(25, 25));
    }

    @Test
    void shouldNameThePluginWhereBothAreOver() {
        assertThat(limits.judge(Map.of("a", 1), waiting(Map.of("a", 40L)), WaitingJobs.NONE))
                .isEqualTo(new Verdict.PluginFull("a", 40, 10));
    }

    @Test
    void shouldCountJobsThatWaitForTheirTimeOrAWorker() throws Exception {
        JsonNode stats = new ObjectMapper().readTree("""
                {"jobs":{"queued":99},"byPlugin":{
                 "a":{"scheduled":1,"queued":2,"retrying":4,"running":8,"completed":16,"newer":32,"failed":64},
                 "b":{"running":1}}}""");

        assertThat(WaitingJobs.of(stats)).contains(waiting(Map.of("a", 7L, "b", 0L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "{\"byPlugin\":[]}", "{\"type\":\"urn:leat:problem:job-not-found\"}"})
    void shouldTakeNothingElseForCounts(String json) throws Exception {
        assertThat(WaitingJobs.of(new ObjectMapper().readTree(json))).isEmpty();
    }

    private static WaitingJobs waiting(Map<String, Long> byPlugin) {
        return new WaitingJobs(byPlugin);
    }
}
