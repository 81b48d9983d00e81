package dev.leat.submit.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.domain.Json;

/** Takes apart what projectors say, each value as it was written. Thread-safe. */
public final class ProjectorJson {

    private static final TypeReference<LinkedHashMap<String, Json>> MEMBERS = new TypeReference<>() {};
    private static final String INTERNAL_TEXT = "\"/internal/v1/";
    private static final String API_TEXT = "\"/api/v1/";

    private final ObjectMapper json;

    /** @param json the JSON of Leat */
    public ProjectorJson(ObjectMapper json) {
        this.json = json;
    }

    /** The members of the JSON object that was found. */
    public Map<String, Json> members(ProjectorAnswer answer) {
        try {
            return json.readValue(answer.body(), MEMBERS);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected a JSON object of the projector, but cannot read it", e);
        }
    }

    /** The members of a problem, with the paths of the API in place of the projector's. */
    public Map<String, Json> problem(ProjectorAnswer answer) {
        Map<String, Json> problem = members(answer);
        problem.replaceAll((_, value) -> value.value().startsWith(INTERNAL_TEXT)
                ? new Json(API_TEXT + value.value().substring(INTERNAL_TEXT.length()))
                : value);
        return problem;
    }
}
