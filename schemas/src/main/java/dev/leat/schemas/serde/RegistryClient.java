package dev.leat.schemas.serde;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Speaks Confluent's REST protocol with a schema registry, as much of it as a serializer needs.
 *
 * <p>Invariant: what was learned once is never asked for again, so known schemas keep working through an outage of any
 * length. An id and its schema belong together for ever in this protocol. Only the absence of an id is forgotten, after
 * {@value SerdeConfig#MISSING_ID_TTL_SEC}. Concurrent calls for the same thing share one request.
 *
 * <p>Thread-safe; calls block, also on virtual threads. All of them throw {@link RegistryUnavailableException} where no
 * usable answer came in time, {@link RegistryRefusalException} where the registry said no, and Kafka's
 * {@link org.apache.kafka.common.errors.InterruptException} where the thread was interrupted.
 */
public final class RegistryClient implements AutoCloseable {

    private final RegistryHttp http;
    private final ConcurrentMap<Integer, SchemaLookup> schemas = new ConcurrentHashMap<>();
    private final ConcurrentMap<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final MissingIds missing;
    private final SingleFlight<Integer, SchemaLookup> schemaFlights = new SingleFlight<>();
    private final SingleFlight<Registration, Integer> idFlights = new SingleFlight<>();

    /** Connects to nothing yet. */
    public RegistryClient(SerdeConfig config) {
        this(config, System::nanoTime);
    }

    RegistryClient(SerdeConfig config, LongSupplier nanoTime) {
        this.http = new RegistryHttp(config);
        this.missing = new MissingIds(config.missingIdTtl(), nanoTime);
    }

    /** The schema's id under this subject; registers it where it is new. */
    public int register(String subject, Schema schema) {
        return idOf(new Registration(subject, schema, true));
    }

    /** The schema's id under this subject, where it is already registered. Otherwise it counts as refused. */
    public int lookup(String subject, Schema schema) {
        return idOf(new Registration(subject, schema, false));
    }

    private int idOf(Registration registration) {
        @Nullable
        Integer known = ids.get(registration);
        return known != null ? known : idFlights.get(registration, () -> requestId(registration));
    }

    private int requestId(Registration registration) {
        @Nullable
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        String body = JsonNodeFactory.instance.objectNode()
                .put("schema", PortableSchema.jsonOf(registration.schema()))
                .toString();
        int id = http.ask(new RegistryQuestion<>(registration.path(), Optional.of(body), "a JSON object with an 'id'",
                answer -> Optional.of(answer.path("id")).filter(JsonNode::isInt).map(JsonNode::intValue)))
                .orElseThrow(() -> registration.unregistered());
        ids.put(registration, id);
        return id;
    }

    /** What the registry has under this id. */
    public SchemaLookup schemaById(int id) {
        return known(id).orElseGet(() -> schemaFlights.get(id, () -> requestSchema(id)));
    }

    private Optional<SchemaLookup> known(int id) {
        @Nullable
        SchemaLookup schema = schemas.get(id);
        if (schema != null) {
            return Optional.of(schema);
        }
        // Ids count upwards from 1 or 0; there is no need to ask.
        return id < 0 || missing.contains(id) ? Optional.of(new SchemaLookup.Unknown()) : Optional.empty();
    }

    private SchemaLookup requestSchema(int id) {
        Optional<SchemaLookup> known = known(id);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<SchemaLookup> schema = http.ask(new RegistryQuestion<>("/schemas/ids/" + id, Optional.empty(),
                "a JSON object with a 'schema'",
                answer -> answer.path("schema").isTextual() ? Optional.of(parse(answer)) : Optional.empty()));
        if (schema.isEmpty()) {
            missing.add(id);
            return new SchemaLookup.Unknown();
        }
        schemas.put(id, schema.get());
        return schema.get();
    }

    private static SchemaLookup parse(JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            return new SchemaLookup.Unusable("it is of type " + type);
        }
        if (!answer.path("references").isEmpty()) {
            return new SchemaLookup.Unusable("it refers to other schemas");
        }
        try {
            // Written elsewhere and accepted by the registry: not the place to be strict about names and defaults.
            Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
            return new SchemaLookup.Found(parser.parse(answer.path("schema").textValue()));
        } catch (RuntimeException | StackOverflowError e) {
            return new SchemaLookup.Unusable("it cannot be parsed: " + e);
        }
    }

    /** Ends the connections. Calls in progress fail. */
    @Override
    public void close() {
        http.close();
    }

    private record Registration(String subject, Schema schema, boolean mayRegister) {

        String path() {
            return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20")
                    + (mayRegister ? "/versions" : "");
        }

        RegistryRefusalException unregistered() {
            return new RegistryRefusalException(404, "Expected the schema " + schema.getFullName()
                    + " to be registered under subject " + subject + ", but the registry does not know it there");
        }
    }
}
