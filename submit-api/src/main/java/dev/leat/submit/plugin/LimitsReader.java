package dev.leat.submit.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.limit.PluginSetting;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.submission.FieldReader;
import dev.leat.submit.submission.JsonBody;

/** Reads the limits of a plugin. Thread-safe. */
public final class LimitsReader {

    private static final List<String> NAMES = List.of("maxRunning", "startsPerSecond");

    private final JsonBody body;

    /** Limits over all workers; one that is missing is none. */
    public record Limits(Optional<Integer> maxRunning, Optional<Double> startsPerSecond) {}

    /** The members of the body. For one body. */
    private static final class Fields implements JsonBody.Members<Limits> {

        private final FieldReader reader;
        private Optional<Integer> maxRunning = Optional.empty();
        private Optional<Double> startsPerSecond = Optional.empty();

        Fields(FieldReader reader) {
            this.reader = reader;
        }

        @Override
        public List<String> names() {
            return NAMES;
        }

        @Override
        public void read(String name) throws IOException {
            if (reader.isAt(JsonToken.VALUE_NULL)) {
                return;
            }
            if (name.equals("maxRunning")) {
                maxRunning = reader.wholeNumber("/maxRunning", 1, PluginSetting.Limits.MOST);
            } else {
                startsPerSecond = reader.number("/startsPerSecond", 0, PluginSetting.Limits.MOST);
            }
        }

        @Override
        public void check() {
            startsPerSecond.filter(rate -> rate == 0)
                    .ifPresent(_ -> reader.error("/startsPerSecond", "Expected a number over 0, but got 0; to start"
                            + " nothing, pause the plugin"));
        }

        @Override
        public Limits result(String text) {
            return new Limits(maxRunning, startsPerSecond);
        }
    }

    /** @param json the JSON of Leat */
    public LimitsReader(ObjectMapper json) {
        this.body = new JsonBody(json);
    }

    /**
     * Reads a body.
     *
     * @throws ProblemException where the body is not JSON in UTF-8, or JSON of another form
     */
    public Limits read(byte[] text) {
        return body.read(text, "limits", Fields::new);
    }
}
