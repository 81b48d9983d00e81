package dev.leat.submit.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import dev.leat.runtime.json.FieldError;

class PlaceholdersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode fill(String text, String values) {
        Map<String, JsonNode> given = new HashMap<>();
        json(values).properties().forEach(member -> given.put(member.getKey(), member.getValue()));
        return Placeholders.fill(json(text), given);
    }

    @Test
    void shouldGiveTheValueWithItsTypeWhereTheTextIsThePlaceholderAlone() {
        assertThat(fill("{'a':['${n}'],'b':'${flag}','c':'${t}'}", "{'n':7,'flag':true,'t':'x'}"))
                .isEqualTo(json("{'a':[7],'b':true,'c':'x'}"));
    }

    @Test
    void shouldWriteTheValueOutWithinALongerText() {
        assertThat(fill("'${n} of ${t}: ${flag}'", "{'n':7,'flag':true,'t':'x'}")).isEqualTo(json("'7 of x: true'"));
    }

    @Test
    void shouldNotLookAgainAtWhatItHasFilledIn() {
        assertThat(fill("'a ${t}'", "{'t':'${n} $1 \\\\\\\\'}").textValue()).isEqualTo("a ${n} $1 \\\\");
    }

    @Test
    void shouldKeepWhatIsNoPlaceholder() {
        assertThat(fill("{'${n}':'$${n} $n ${ {} ${9}'}", "{}")).isEqualTo(json("{'${n}':'${n} $n ${ {} ${9}'}"));
    }

    @Test
    void shouldNameAllPlaceholdersInTexts() {
        assertThat(Placeholders.names(json("{'a':'${x} ${y}','b':[{'c':'${z}'}],'d':'$${w}'}")))
                .containsExactly("x", "y", "z");
    }

    @Test
    void shouldNameWhatIsWrongWithATemplate() {
        List<FieldError> errors = new ArrayList<>();

        var _ = TemplateForm.read(json("{'parameters':{'n':{'type':'int'},'m':{'type':'integer','default':'x'},"
                + "'o':{'required':false}},'batch':{'operations':'${p}'},'more':1}"), errors);

        assertThat(errors).extracting(FieldError::pointer).containsExactlyInAnyOrder("/more", "/parameters/n/type",
                "/parameters/m/default", "/parameters/o", "/batch");
    }

    @Test
    void shouldFillDefaultsAndNameWhatIsWrongWithParams() {
        List<FieldError> errors = new ArrayList<>();
        TemplateForm form = TemplateForm.read(
                json("{'parameters':{'n':{'type':'integer'},'m':{'type':'number','default':1.5}},'batch':{'a':'${n}','b':'${m}'}}"),
                errors);

        assertThat(form.fill(json("{'n':3}"), errors)).contains(json("{'a':3,'b':1.5}"));
        assertThat(errors).isEmpty();
        assertThat(form.fill(json("{'m':'x','q':1}"), errors)).isEmpty();
        assertThat(errors).extracting(FieldError::pointer).containsExactlyInAnyOrder("/params/n", "/params/m",
                "/params/q");
    }
}
