package dev.leat.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JobTextTest {

    private static final Instant NOW = Instant.parse("2026-11-22T05:30:00Z");

    private static JsonNode job(String more) throws JsonProcessingException {
        return new ObjectMapper().readTree(
                """
                        {"id": "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10", "type": "demo:prime", "plugin": "demo", "priority": "normal",
                         "tags": ["nightly"], "attempt": 1, "maxAttempts": 3, "spentAttempts": 0,
                         "submittedAt": "2026-11-22T05:29:00Z", "startedAt": "2026-11-22T05:29:00.250Z", %s}"""
                        .formatted(more));
    }

    @Test
    void shouldTellAllOfARunningJob() throws JsonProcessingException {
        JsonNode job = job("""
                "status": "running", "worker": "worker-1", "params": {"limit": 1000},
                "progress": {"percent": 40, "message": "2/5 pages: about"},
                "estimate": {"seconds": 12.4, "low": 9, "high": 15, "basis": 7}""");

        assertThat(JobText.of(job, NOW, ZoneOffset.UTC, Style.PLAIN)).containsExactly(
                "demo:prime  running",
                "  id           019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10",
                "  progress     2/5 pages (40%)  about",
                "  left         about 12 s",
                "  attempt      1, 0 of 3 tries spent",
                "  worker       worker-1",
                "  priority     normal",
                "  tags         nightly",
                "  submitted    2026-11-22 05:29:00 (1 min 00 s ago)",
                "  waited       250 ms",
                "  runs for     59 s",
                "  params       {\"limit\":1000}");
    }

    @Test
    void shouldTellWhyAJobFailed() throws JsonProcessingException {
        JsonNode job = job("""
                "status": "failed", "finishedAt": "2026-11-22T05:29:03.350Z",
                "error": {"code": "handler-threw", "message": "the mill\\nran dry", "stackTrace": "at …"}""");

        assertThat(JobText.of(job, NOW, ZoneOffset.UTC, Style.PLAIN))
                .contains("  ran          3.1 s", "  error        handler-threw: the mill ran dry");
    }

    @Test
    void shouldListWhatRunsWithPluginTypeProgressAndTask() throws JsonProcessingException {
        JsonNode job = job("""
                "status": "running", "progress": {"percent": 66.7, "message": "2/3 sections: intro"}""");
        JsonNode batch = new ObjectMapper().readTree("""
                {"id": "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b11", "name": "nightly", "total": 4, "percent": 50.0,
                 "states": {"waiting": 1, "released": 1}, "startedAt": "2026-11-22T05:29:58Z"}""");

        assertThat(JobText.running(List.of(job), List.of(batch), NOW).lines(200, Style.PLAIN)).containsExactly(
                "ID                                    PLUGIN  TYPE        PROGRESS              CURRENT TASK  FOR",
                "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b10  demo    demo:prime  2/3 sections (66%)    intro         59 s",
                "019aa3c1-7d52-7b3e-9c41-5f2d8e6a7b11          batch       2/4 operations (50%)  nightly       2.0 s");
    }
}
