package dev.leat.runtime.json;

import java.util.function.Function;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;

import dev.leat.domain.ClaimId;
import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.Json;
import dev.leat.domain.Lane;
import dev.leat.domain.WorkerId;
import dev.leat.domain.batch.BatchId;

/** How the domain's own words look in JSON: ids, names and lanes as strings, JSON text as itself. */
final class LeatModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    LeatModule() {
        super("leat");
        asText(JobId.class, JobId::toString, JobId::parse);
        asText(BatchId.class, BatchId::toString, BatchId::parse);
        asText(JobTypeName.class, JobTypeName::toString, JobTypeName::parse);
        asText(ClaimId.class, ClaimId::value, ClaimId::new);
        asText(WorkerId.class, WorkerId::value, WorkerId::new);
        asText(Lane.class, Lane::wireName, LeatModule::lane);
        addSerializer(Json.class, new EmbeddedJson.Writer());
        addDeserializer(Json.class, new EmbeddedJson.Reader());
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new RequiredComponents());
    }

    private static Lane lane(String name) {
        for (Lane lane : Lane.values()) {
            if (lane.wireName().equals(name)) {
                return lane;
            }
        }
        throw new IllegalArgumentException("Expected high, normal or low, but got '" + name + "'");
    }

    private <T> void asText(Class<T> type, Function<T, String> writer, Function<String, T> reader) {
        addSerializer(type, new Writer<>(type, writer));
        addDeserializer(type, new Reader<>(type, reader));
    }

    private static final class Writer<T> extends ToStringSerializerBase {
        private static final long serialVersionUID = 1L;
        private final Class<T> type;
        private final transient Function<T, String> writer;

        Writer(Class<T> type, Function<T, String> writer) {
            super(type);
            this.type = type;
            this.writer = writer;
        }

        @Override
        public String valueToString(Object value) {
            return writer.apply(type.cast(value));
        }
    }

    private static final class Reader<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> reader;

        Reader(Class<T> type, Function<String, T> reader) {
            super(type);
            this.reader = reader;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return reader.apply(text);
        }
    }
}
