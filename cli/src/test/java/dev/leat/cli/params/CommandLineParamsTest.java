package dev.leat.cli.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineParamsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = """
            {"type": "object", "additionalProperties": false,
             "$defs": {"File": {"type": "object", "properties": {"text": {"type": ["string", "null"]}}}},
             "properties": {
               "limit": {"type": "integer"}, "factor": {"type": "number"}, "clean": {"type": "boolean"},
               "message": {"type": "string"}, "failures": {"type": ["integer", "null"]},
               "way": {"type": "string", "enum": ["SAY", "THROW"]},
               "sex": {"anyOf": [{"type": "null"}, {"type": "string", "enum": ["FEMALE", "MALE"]}]},
               "urls": {"type": "array", "items": {"type": "string"}},
               "sizes": {"type": "array", "items": {"type": "integer"}},
               "files": {"type": "object", "additionalProperties": {"$ref": "#/$defs/File"}}}}""";

    private static JsonNode params(String... words) throws JsonProcessingException {
        return CommandLineParams.of(JSON.readTree(SCHEMA), JSON.createObjectNode(), List.of(words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "limit=1000 | {\"limit\":1000}",
            "factor=2 | {\"factor\":2}",
            "factor=0.50 | {\"factor\":0.50}",
            "clean=true | {\"clean\":true}",
            "message=1000 | {\"message\":\"1000\"}",
            "message=a=b:=c | {\"message\":\"a=b:=c\"}",
            "message= | {\"message\":\"\"}",
            "failures=2 | {\"failures\":2}",
            "failures=null | {\"failures\":null}",
            "way=throw | {\"way\":\"THROW\"}",
            "sex=female | {\"sex\":\"FEMALE\"}",
            "urls=https://a,https://b | {\"urls\":[\"https://a\",\"https://b\"]}",
            "sizes=1,2 | {\"sizes\":[1,2]}",
            "sizes=[3] | {\"sizes\":[3]}",
            "files={\"a\":{\"text\":\"x\"}} | {\"files\":{\"a\":{\"text\":\"x\"}}}",
            "files.a.text=x | {\"files\":{\"a\":{\"text\":\"x\"}}}",
            "limit:=[1,{}] | {\"limit\":[1,{}]}",
            "unknown=7 | {\"unknown\":7}",
            "unknown=07a | {\"unknown\":\"07a\"}"})
    void shouldGiveEachValueTheTypeOfTheSchema(String word, String json) throws JsonProcessingException {
        assertThat(params(word)).hasToString(json);
    }

    @Test
    void shouldAddToListsByTheKeyAgainAndTakeTheLastOfAllElse() throws JsonProcessingException {
        assertThat(params("urls=a", "urls=b", "limit=1", "limit=2"))
                .hasToString("{\"urls\":[\"a\",\"b\"],\"limit\":2}");
    }

    @Test
    void shouldLetWordsWinOverWhatIsGiven() throws JsonProcessingException {
        ObjectNode given = JSON.createObjectNode().put("limit", 1).put("message", "x");

        assertThat(CommandLineParams.of(JSON.readTree(SCHEMA), given, List.of("limit=2")))
                .hasToString("{\"limit\":2,\"message\":\"x\"}");
        assertThat(given.path("limit").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "limit=many | Expected limit to be an integer, but got 'many'",
            "limit=1.5 | Expected limit to be an integer, but got '1.5'",
            "clean=yes | Expected clean to be a boolean, but got 'yes'",
            "sizes=1,x | Expected sizes to be an integer, but got 'x'",
            "limit:={ | Expected limit to be JSON, but got '{'",
            "limit | Expected a parameter as key=value, but got 'limit'"})
    void shouldSayWhichValueIsOfTheWrongType(String word, String message) {
        assertThatThrownBy(() -> params(word)).isInstanceOf(InvalidParamException.class).hasMessage(message);
    }
}
