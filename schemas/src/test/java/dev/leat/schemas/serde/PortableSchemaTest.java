package dev.leat.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.leat.schemas.avro.JobCommand;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class PortableSchemaTest {

    @Test
    void shouldGiveAGeneratedClassTheSchemaOfItsFile() throws IOException {
        // given
        Schema generated = JobCommand.getClassSchema();
        Schema file = new Schema.Parser().parse(Files.readString(Path.of("src/main/avro/JobCommand.avsc")));
        assertThat(generated.toString()).contains("avro.java.string");

        // when, then
        assertThat(PortableSchema.jsonOf(generated)).isEqualTo(file.toString());
    }

    @Test
    void shouldStripOnlyWhereATypeStands() {
        // given
        String string = "{\"type\":\"string\",\"avro.java.string\":\"String\"}";
        Schema marked = new Schema.Parser().parse("""
                {"type":"record","name":"R","doc":"d","fields":[
                  {"name":"plain","type":STRING,"default":"x"},
                  {"name":"logical","type":{"type":"string","avro.java.string":"String","logicalType":"uuid"}},
                  {"name":"union","type":["null",STRING],"default":null},
                  {"name":"array","type":{"type":"array","items":STRING}},
                  {"name":"map","type":{"type":"map","values":STRING,"avro.java.string":"String"},
                   "default":{"avro.java.string":"kept"}},
                  {"name":"inner","type":{"type":"record","name":"I","fields":[{"name":"a","type":STRING}]}},
                  {"name":"again","type":["null","I"]},
                  {"name":"kept","type":{"type":"string","own.property":1}}]}
                """.replace("STRING", string));

        // when
        String portable = PortableSchema.jsonOf(marked);

        // then
        assertThat(portable).isEqualTo(new Schema.Parser().parse("""
                {"type":"record","name":"R","doc":"d","fields":[
                  {"name":"plain","type":"string","default":"x"},
                  {"name":"logical","type":{"type":"string","logicalType":"uuid"}},
                  {"name":"union","type":["null","string"],"default":null},
                  {"name":"array","type":{"type":"array","items":"string"}},
                  {"name":"map","type":{"type":"map","values":"string"},"default":{"avro.java.string":"kept"}},
                  {"name":"inner","type":{"type":"record","name":"I","fields":[{"name":"a","type":"string"}]}},
                  {"name":"again","type":["null","I"]},
                  {"name":"kept","type":{"type":"string","own.property":1}}]}
                """).toString());
    }

    @Test
    void shouldLeaveASchemaAloneThatHasNothingOfJava() {
        // given
        Schema schema = Serdes.PERSON;

        // when, then
        assertThat(PortableSchema.jsonOf(schema)).isEqualTo(schema.toString());
    }
}
