package dev.leat.schemas.serde;

import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One request to the registry. It may be repeated: everything that is asked here may be asked twice.
 *
 * @param path     below the registry's root
 * @param body     what to POST; empty for a GET
 * @param expected what a good answer looks like, for messages
 * @param reader   takes the result out of the answer; empty where the answer is not what was expected
 */
record RegistryQuestion<T>(String path, Optional<String> body, String expected,
        Function<JsonNode, Optional<T>> reader) {}
