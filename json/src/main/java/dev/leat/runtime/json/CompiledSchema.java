package dev.leat.runtime.json;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Schema (draft 2020-12) made ready for checking. It never fetches anything: references lead into the schema
 * itself. Thread-safe.
 */
final class CompiledSchema {

    /** The most characters of a schema. */
    static final int MAX_LENGTH = 256 * 1024;

    /** The most keywords that one validation looks at: references can make a small schema an endless one. */
    static final long MAX_STEPS = 2_000_000;

    /** The most schemas that one validation is inside of at a time. */
    static final int MAX_DEPTH = 4 * BoundedJson.MAX_DEPTH;

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder().formatAssertionsEnabled(true)
            .regularExpressionFactory(BoundedPattern::new).preloadSchema(false).build();

    private static final ExecutionConfig LIMITS = ExecutionConfig.builder().formatAssertionsEnabled(true)
            .maxEvaluationSteps(MAX_STEPS).maxEvaluationDepth(MAX_DEPTH).build();

    private final Schema schema;
    private final ErrorWording wording;

    private CompiledSchema(Schema schema, JsonNode text) {
        this.schema = schema;
        this.wording = new ErrorWording(text);
    }

    /**
     * Compiles a schema.
     *
     * @throws UnusableSchemaException if the text is not a JSON Schema, is longer than {@value #MAX_LENGTH} characters,
     *     or refers to something outside of it
     */
    static CompiledSchema of(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new UnusableSchemaException("Expected a JSON Schema of at most %d characters, but got %d"
                    .formatted(MAX_LENGTH, text.length()));
        }
        JsonNode tree = readSchema(text);
        try {
            // A registry of its own: one shared by all schemas would keep every one of them, and mix up their ids.
            Schema schema = SchemaRegistry
                    .withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
                            registry -> registry.schemaRegistryConfig(CONFIG)
                                    .schemaLoader(
                                            loader -> loader.fetchRemoteResources(false).allow(location -> false)))
                    .getSchema(tree);
            schema.initializeValidators();
            return new CompiledSchema(schema, tree);
        } catch (RuntimeException | StackOverflowError e) {
            throw unusable(e);
        }
    }

    private static JsonNode readSchema(String text) {
        List<FieldError> errors = new ArrayList<>();
        try {
            JsonNode tree = BoundedJson.read(text, errors);
            if (!tree.isObject() || !errors.isEmpty()) {
                throw new UnusableSchemaException(
                        "Expected a JSON Schema that is an object, but got %s %s".formatted(JsonExcerpt.of(tree),
                                errors));
            }
            return tree;
        } catch (BoundedJson.Unreadable e) {
            throw new UnusableSchemaException("Expected a JSON Schema, but it cannot be read: " + e.reason());
        }
    }

    private static UnusableSchemaException unusable(Throwable cause) {
        return new UnusableSchemaException("Expected a JSON Schema of draft 2020-12 that refers to itself only, but: "
                + JsonExcerpt.cut(String.valueOf(cause.getMessage()), 500));
    }

    /**
     * What is wrong with the params, empty if nothing is.
     *
     * @throws UnusableSchemaException if it turns out only now that the schema is no use
     */
    List<FieldError> validate(JsonNode params) {
        ExecutionContext context = new ExecutionContext(LIMITS);
        try {
            BoundedPattern.within(() -> schema.validate(context, params));
            return wording.of(context.getErrors());
        } catch (ValidationLimitExceededException e) {
            return List.of(new FieldError("",
                    "Expected params that can be checked in %d steps and %d levels, but these need more"
                            .formatted(MAX_STEPS, MAX_DEPTH)));
        } catch (SchemaException | StackOverflowError e) {
            throw unusable(e);
        }
    }
}
