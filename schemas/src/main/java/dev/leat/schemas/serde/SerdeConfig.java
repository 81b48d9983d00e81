package dev.leat.schemas.serde;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The properties of {@link AvroSerializer} and {@link AvroDeserializer}. The names are Confluent's, except
 * {@value #RETRY_TIMEOUT_MS}. Beside those here, {@code schema.registry.ssl.*} takes Kafka's {@code ssl.*} options for
 * the connection to the registry: trust store and key store as JKS, PKCS12 or PEM.
 *
 * <p>Immutable. An option of Confluent's that would change what is written, and that is not offered here, is refused.
 */
public final class SerdeConfig extends AbstractConfig {

    public static final String URL = "schema.registry.url";
    public static final String AUTO_REGISTER = "auto.register.schemas";
    public static final String USE_LATEST_VERSION = "use.latest.version";
    public static final String SPECIFIC_READER = "specific.avro.reader";
    public static final String SPECIFIC_KEY_TYPE = "specific.avro.key.type";
    public static final String SPECIFIC_VALUE_TYPE = "specific.avro.value.type";
    public static final String KEY_SUBJECT_STRATEGY = "key.subject.name.strategy";
    public static final String VALUE_SUBJECT_STRATEGY = "value.subject.name.strategy";
    public static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    public static final String USER_INFO = "basic.auth.user.info";
    public static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
    public static final String READ_TIMEOUT_MS = "http.read.timeout.ms";
    public static final String RETRY_TIMEOUT_MS = "schema.registry.retry.timeout.ms";
    public static final String MISSING_ID_TTL_SEC = "missing.id.cache.ttl.sec";

    /** What {@link #URL} and the options of TLS begin with. */
    static final String NAMESPACE = "schema.registry.";

    private static final String TOPIC_NAME_STRATEGY = "TopicNameStrategy";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, ConfigDef.Type.LIST, ConfigDef.NO_DEFAULT_VALUE, Importance.HIGH,
                    "The registry's addresses, separated by commas. The next one is asked where one does not answer.")
            .define(AUTO_REGISTER, ConfigDef.Type.BOOLEAN, true, Importance.MEDIUM,
                    "Whether a serializer registers schemas; otherwise it only looks them up.")
            .define(USE_LATEST_VERSION, ConfigDef.Type.BOOLEAN, false, Importance.LOW,
                    "Not offered: a record is written with its own schema. Only false is accepted.")
            .define(SPECIFIC_READER, ConfigDef.Type.BOOLEAN, false, Importance.MEDIUM,
                    "Whether a deserializer gives generated classes instead of GenericRecord.")
            .define(SPECIFIC_KEY_TYPE, ConfigDef.Type.CLASS, null, Importance.LOW,
                    "The generated class that every key is read as. Default: the one that the key's schema names.")
            .define(SPECIFIC_VALUE_TYPE, ConfigDef.Type.CLASS, null, Importance.LOW,
                    "The generated class that every value is read as. Default: the one that the value's schema names.")
            .define(KEY_SUBJECT_STRATEGY, ConfigDef.Type.STRING, TOPIC_NAME_STRATEGY, Importance.LOW,
                    "How a key's subject is named. Only TopicNameStrategy, <topic>-key, is offered.")
            .define(VALUE_SUBJECT_STRATEGY, ConfigDef.Type.STRING, TOPIC_NAME_STRATEGY, Importance.LOW,
                    "How a value's subject is named. Only TopicNameStrategy, <topic>-value, is offered.")
            .define(CREDENTIALS_SOURCE, ConfigDef.Type.STRING, "URL", ConfigDef.ValidString.in("URL", "USER_INFO"),
                    Importance.MEDIUM, "Where user and password come from: the URL itself or " + USER_INFO + ".")
            .define(USER_INFO, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "User and password as user:password.")
            .define(CONNECT_TIMEOUT_MS, ConfigDef.Type.INT, 2_000, ConfigDef.Range.between(1, 600_000), Importance.LOW,
                    "How long a connection to the registry may take, in milliseconds.")
            .define(READ_TIMEOUT_MS, ConfigDef.Type.INT, 5_000, ConfigDef.Range.between(1, 600_000), Importance.LOW,
                    "How long one request to the registry may take from its begin to its end, in milliseconds.")
            .define(RETRY_TIMEOUT_MS, ConfigDef.Type.INT, 10_000, ConfigDef.Range.between(0, 600_000),
                    Importance.MEDIUM,
                    "How long a call keeps asking a registry that is away, in milliseconds. 0 asks once.")
            .define(MISSING_ID_TTL_SEC, ConfigDef.Type.INT, 5, ConfigDef.Range.between(0, 3_600), Importance.LOW,
                    "How long an id that the registry does not know is not asked for again, in seconds.");

    /**
     * Takes the serializer's options out of a client's properties.
     *
     * @throws ConfigException where an option is missing, out of range or not offered
     */
    public SerdeConfig(Map<String, ?> properties) {
        super(DEFINITION, properties, false);
        refuseUnlessTopicName(KEY_SUBJECT_STRATEGY);
        refuseUnlessTopicName(VALUE_SUBJECT_STRATEGY);
        refuseUnlessGenerated(SPECIFIC_KEY_TYPE);
        refuseUnlessGenerated(SPECIFIC_VALUE_TYPE);
        if (getBoolean(USE_LATEST_VERSION)) {
            throw new ConfigException("Expected " + USE_LATEST_VERSION
                    + " to be false, since this serializer writes a record with its own schema, but it is true");
        }
    }

    private void refuseUnlessTopicName(String option) {
        String strategy = getString(option);
        if (!strategy.equals(TOPIC_NAME_STRATEGY) && !strategy.endsWith("." + TOPIC_NAME_STRATEGY)) {
            throw new ConfigException(
                    "Expected " + option + " to be " + TOPIC_NAME_STRATEGY + ", but it is " + strategy);
        }
    }

    private void refuseUnlessGenerated(String option) {
        @Nullable
        Class<?> type = getClass(option);
        if (type != null && !SpecificRecord.class.isAssignableFrom(type)) {
            throw new ConfigException(
                    "Expected " + option + " to name a class that Avro generated, but it names " + type);
        }
    }

    boolean autoRegister() {
        return getBoolean(AUTO_REGISTER);
    }

    boolean specificReader() {
        return getBoolean(SPECIFIC_READER);
    }

    /** The one generated class to read keys or values as, where one is set. */
    Optional<Class<? extends SpecificRecord>> specificType(boolean isKey) {
        return Optional.<Class<?>>ofNullable(getClass(isKey ? SPECIFIC_KEY_TYPE : SPECIFIC_VALUE_TYPE))
                .map(type -> type.asSubclass(SpecificRecord.class));
    }

    Duration connectTimeout() {
        return Duration.ofMillis(getInt(CONNECT_TIMEOUT_MS));
    }

    Duration readTimeout() {
        return Duration.ofMillis(getInt(READ_TIMEOUT_MS));
    }

    Duration retryTimeout() {
        return Duration.ofMillis(getInt(RETRY_TIMEOUT_MS));
    }

    Duration missingIdTtl() {
        return Duration.ofSeconds(getInt(MISSING_ID_TTL_SEC));
    }

    /** The registry's addresses with the credentials for each, in the order in which they are tried. */
    List<RegistryEndpoint> endpoints() {
        if (getList(URL).isEmpty()) {
            throw new ConfigException("Expected " + URL + " to name at least one address, but it is empty");
        }
        Optional<String> userInfo = getString(CREDENTIALS_SOURCE).equals("USER_INFO")
                ? Optional.of(getPassword(USER_INFO)).map(Password::value)
                : Optional.empty();
        return getList(URL).stream().map(url -> RegistryEndpoint.of(parse(url), userInfo)).toList();
    }

    private static URI parse(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through; the exception's text would show the credentials in the address.
        }
        throw new ConfigException(
                "Expected " + URL + " to hold addresses such as http://localhost:8081, but it does not");
    }

    /** The TLS set-up for the registry; empty where none is configured and the JDK's own serves. */
    Optional<SSLContext> sslContext() {
        return RegistryTls.contextOf(originalsWithPrefix(NAMESPACE));
    }
}
