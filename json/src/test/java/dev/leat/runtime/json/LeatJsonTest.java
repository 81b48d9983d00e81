package dev.leat.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.WorkerId;

class LeatJsonTest {

    private static final String ID = "0195d0c6-0000-7000-8000-000000000000";

    private final ObjectMapper json = LeatJson.newMapper();

    record Everything(JobId id, JobTypeName type, Lane lane, WorkerId worker, Instant at, Duration took, Json params,
            Optional<String> note, List<String> tags) {}

    record Carrier(Json params) {}

    record Sparse(Optional<Json> params, Optional<Integer> count) {}

    @Test
    void shouldWriteAndReadTheWordsOfTheDomain() throws Exception {
        Everything value = new Everything(JobId.parse(ID), JobTypeName.parse("demo:prime"), Lane.HIGH,
                new WorkerId("w1"), Instant.parse("2026-01-31T12:00:00.5Z"), Duration.ofSeconds(90),
                new Json("{\"limit\":10}"), Optional.empty(), List.of());

        String text = json.writeValueAsString(value);

        assertThat(text).isEqualTo("{\"id\":\"" + ID + "\",\"type\":\"demo:prime\",\"lane\":\"high\",\"worker\":\"w1\","
                + "\"at\":\"2026-01-31T12:00:00.500Z\",\"took\":\"PT1M30S\",\"params\":{\"limit\":10},\"tags\":[]}");
        assertThat(json.readValue(text, Everything.class)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.10", "1e999999999", "123456789012345678901234567890.000", "-0", "true", "null",
            "\"a\\n\"",
            "[]", "{}", "[1,[2,{\"a\":null}],3.0]", "{\"b\":1,\"a\":{\"c\":[{}]}}"})
    void shouldCarryAnyJsonAsItIs(String text) throws Exception {
        String carrier = "{\"params\":" + text + "}";

        if (!text.equals("null")) {
            assertThat(json.readValue(carrier, Carrier.class).params().value()).isEqualTo(text);
        }
        assertThat(json.writeValueAsString(new Carrier(new Json(text)))).isEqualTo(carrier);
    }

    @Test
    void shouldTakeAbsentAndNullAlike() throws Exception {
        Sparse nothing = new Sparse(Optional.empty(), Optional.empty());

        assertThat(json.readValue("{}", Sparse.class)).isEqualTo(nothing);
        assertThat(json.readValue("{\"params\":null,\"count\":null}", Sparse.class)).isEqualTo(nothing);
        assertThat(json.writeValueAsString(nothing)).isEqualTo("{}");
        assertThat(json.writeValueAsString(Map.of("a", Optional.of(1)))).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"params\":null}", "{\"params\":1,\"more\":1}", "{\"params\":1} 2", "[]", "1"})
    void shouldRefuseRecordsWithMoreOrLess(String text) {
        assertThatExceptionOfType(JsonMappingException.class).isThrownBy(() -> json.readValue(text, Carrier.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"count\":\"1\"}", "{\"count\":1.5}", "{\"count\":true}", "{\"count\":[1]}",
            "{\"count\":\"\"}"})
    void shouldNotGuessNumbers(String text) {
        assertThatExceptionOfType(JsonMappingException.class).isThrownBy(() -> json.readValue(text, Sparse.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "{\"a\":true}", "{\"a\":1.5}"})
    void shouldNotGuessTexts(String text) {
        assertThatExceptionOfType(JsonMappingException.class)
                .isThrownBy(() -> json.readerForMapOf(String.class).readValue(text));
    }
}
