package dev.leat.runtime.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Checks the params of a job against the JSON Schema of its job type, before it is accepted and again before it runs.
 *
 * <p>Neither the params nor the schema are trusted. Nothing is fetched, and time and memory are bounded: deep nesting,
 * huge numbers, endless references and regular expressions that run away are refused.
 *
 * <p>Thread-safe. Compiled schemas are kept for the {@value #MAX_SCHEMAS} that were used last; {@link #lock} guards
 * them.
 */
public final class ParamsValidator {

    private static final int MAX_SCHEMAS = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, CompiledSchema> schemas = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompiledSchema> eldest) {
            return size() > MAX_SCHEMAS;
        }
    };

    /**
     * Names every field that is wrong; where there are more than a hundred, the first hundred and their number.
     *
     * @param schemaText a JSON Schema of draft 2020-12, at most 256 KiB; references lead into itself only
     * @param paramsText the params in JSON
     * @return the errors in the order of the schema; empty if the params are right
     * @throws UnusableSchemaException if the schema is no use; who sent the params can do nothing about it
     */
    public List<FieldError> validate(String schemaText, String paramsText) {
        CompiledSchema schema = compiled(schemaText);
        List<FieldError> errors = new ArrayList<>();
        try {
            var params = BoundedJson.read(paramsText, errors);
            return errors.isEmpty() ? schema.validate(params) : List.copyOf(errors);
        } catch (BoundedJson.Unreadable e) {
            return List.of(new FieldError("", e.reason()));
        }
    }

    private CompiledSchema compiled(String schemaText) {
        lock.lock();
        try {
            CompiledSchema known = schemas.get(schemaText);
            if (known != null) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        // Outside of the lock: a slow schema holds up its own validations only.
        CompiledSchema compiled = CompiledSchema.of(schemaText);
        lock.lock();
        try {
            schemas.put(schemaText, compiled);
        } finally {
            lock.unlock();
        }
        return compiled;
    }
}
