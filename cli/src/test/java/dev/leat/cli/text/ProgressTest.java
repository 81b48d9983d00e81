package dev.leat.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void shouldShowTheCountThatAHandlerGives() {
        Progress progress = Progress.of(66.7, "2/3 sections: intro");

        assertThat(progress.text()).isEqualTo("2/3 sections (66%)");
        assertThat(progress.task()).isEqualTo("intro");
    }

    @Test
    void shouldShowThePercentageOfAllOthers() {
        Progress progress = Progress.of(70, "125 prime numbers up to 700");

        assertThat(progress.text()).isEqualTo("70%");
        assertThat(progress.task()).isEqualTo("125 prime numbers up to 700");
    }

    @Test
    void shouldShowACountWithoutATask() {
        assertThat(Progress.of(50, "1/2 pages")).isEqualTo(new Progress("1/2 pages (50%)", 50, ""));
    }

    @Test
    void shouldCountTheOperationsOfABatchThatHaveEnded() throws JsonProcessingException {
        Progress progress = Progress.ofBatch(new ObjectMapper().readTree("""
                {"name": "nightly", "total": 1000, "percent": 32.0, "states": {"waiting": 600, "released": 80}}"""));

        assertThat(progress.text()).isEqualTo("320/1,000 operations (32%)");
        assertThat(progress.task()).isEqualTo("nightly");
    }
}
