package dev.leat.schemas.serde;

import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Turns Kafka's {@code ssl.*} options into a TLS context. Kafka's own loader does it, so that the registry takes every
 * form of key and trust store that the brokers take; this class alone knows it.
 */
final class RegistryTls {

    private static final ConfigDef OPTIONS = new ConfigDef().withClientSslSupport();

    private RegistryTls() {}

    /**
     * @param options the options of the connection to the registry, without their prefix
     * @throws ConfigException where host names should not be verified: {@link java.net.http.HttpClient} always does
     */
    static Optional<SSLContext> contextOf(Map<String, ?> options) {
        if (options.keySet().stream().noneMatch(OPTIONS.names()::contains)) {
            return Optional.empty();
        }
        if ("".equals(options.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG))) {
            throw new ConfigException("Expected " + SerdeConfig.NAMESPACE
                    + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG
                    + " to be https, since the registry's host name is always verified, but it is empty");
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(OPTIONS, options, false).values());
            return Optional.of(factory.sslContext());
        }
    }
}
