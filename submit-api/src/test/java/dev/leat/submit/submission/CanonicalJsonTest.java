package dev.leat.submit.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
            "{ \"b\" : [ 1 ,\t2 ] , \"a\" : null }|{\"a\":null,\"b\":[1,2]}",
            "{\"b\":{\"d\":1,\"c\":true},\"a\":[{\"z\":1,\"y\":2}]}|{\"a\":[{\"y\":2,\"z\":1}],\"b\":{\"c\":true,\"d\":1}}",
            "{\"ä\":1,\"z\":2,\"Z\":3,\"\":4}|{\"\":4,\"Z\":3,\"z\":2,\"ä\":1}",
            "\"\\u00fc\\/\\u000a\"|\"ü/\\n\"",
            "[]|[]",
            "{}|{}",
            "false|false"})
    void shouldKnowNoWhiteSpaceAndNoOrderOfNames(String json, String canonical) {
        assertThat(CanonicalJson.of(json).text()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"100,100.0", "100,1e2", "100,1.00E+2", "0,-0", "0,0.000", "0,0e7", "0.1,1e-1", "-5.50,-5.5",
            "100000000000000000000000001,100000000000000000000000001.0", "1e400,10e399", "1e-400,0.1e-399"})
    void shouldTakeNumbersOfOneValueForOne(String one, String other) {
        assertThat(CanonicalJson.of("[" + one + "]")).isEqualTo(CanonicalJson.of("[" + other + "]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
            "1|\"1\"", "[1,2]|[2,1]", "{}|{\"a\":null}", "{\"a\":{\"b\":1}}|{\"a\":1,\"b\":1}", "[[1],2]|[[1,2]]",
            "1|-1", "0.1|0.10000000000000000555", "100000000000000000000000001|100000000000000000000000000",
            "1e99999999999|1e99999999998", "null|\"null\"", "\"a\"|\"A\"", "[]|{}"})
    void shouldTellApartWhatSaysSomethingElse(String one, String other) {
        assertThat(CanonicalJson.of(one)).isNotEqualTo(CanonicalJson.of(other));
        assertThat(CanonicalJson.of(one).sha256()).isNotEqualTo(CanonicalJson.of(other).sha256());
    }

    @Test
    void shouldBeTheSameForEveryOrderOfNames() throws JsonProcessingException {
        // given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int member = random.nextInt(12); member > 0; member--) {
                object.put(Integer.toString(random.nextInt(1_000), 36),
                        random.nextBoolean() ? random.nextDouble() : "x");
            }
            Map<String, Object> reversed = new LinkedHashMap<>();
            object.keySet().stream().toList().reversed().forEach(name -> reversed.put(name, object.get(name)));

            // when, then
            ObjectMapper mapper = new ObjectMapper();
            assertThat(CanonicalJson.of(mapper.writeValueAsString(object))).as("seed %d", seed)
                    .isEqualTo(CanonicalJson.of(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(reversed)));
        }
    }

    @Test
    void shouldBeItsOwnCanonicalForm() {
        String text = CanonicalJson.of("{\"b\":[1.50,\"\\u0001\\\"\",{}],\"a\":1e30}").text();
        assertThat(CanonicalJson.of(text).text()).isEqualTo(text);
    }

    @Test
    void shouldHashTheTextInUtf8() {
        // given: as sha256sum gives for the bytes {"a":1}, and for x:y, a line break and the same bytes
        CanonicalJson json = CanonicalJson.of("{ \"a\" : 1.0 }");

        // when, then
        assertThat(json.sha256()).isEqualTo("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
        assertThat(json.sha256Under("x:y"))
                .isEqualTo("5250a5f12837d601f17c81cc093c78bc1214a43dafbf8b5689f27f6a623780e2");
    }
}
