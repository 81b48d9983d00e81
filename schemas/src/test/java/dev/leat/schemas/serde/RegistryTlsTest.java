package dev.leat.schemas.serde;

import static dev.leat.schemas.serde.Serdes.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static Path store;
    private static FaultyRegistry registry;

    @BeforeAll
    static void startRegistryThatWantsCertificates() throws Exception {
        store = directory.resolve("registry.p12");
        int exit = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "it", "-keyalg", "EC", "-dname", "CN=registry", "-ext", "san=ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
                .inheritIO().start().waitFor();
        assertThat(exit).isZero();
        registry = FaultyRegistry.startWithTls(serverContext(), true);
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @Test
    void shouldSpeakTlsWithStoresOfFiles() {
        // given
        try (RegistryClient client = Serdes.client(registry.url(),
                "schema.registry.ssl.truststore.location", store.toString(),
                "schema.registry.ssl.truststore.password", PASSWORD,
                "schema.registry.ssl.truststore.type", "PKCS12",
                "schema.registry.ssl.keystore.location", store.toString(),
                "schema.registry.ssl.keystore.password", PASSWORD,
                "schema.registry.ssl.keystore.type", "PKCS12")) {
            // when, then
            assertThat(client.register("s", PERSON)).isEqualTo(1);
        }
    }

    @Test
    void shouldSpeakTlsWithPemText() throws Exception {
        // given
        KeyStore keys = load();
        Certificate certificate = keys.getCertificate("it");
        Key key = keys.getKey("it", PASSWORD.toCharArray());
        try (RegistryClient client = Serdes.client(registry.url(),
                "schema.registry.ssl.truststore.type", "PEM",
                "schema.registry.ssl.truststore.certificates", pem("CERTIFICATE", certificate.getEncoded()),
                "schema.registry.ssl.keystore.type", "PEM",
                "schema.registry.ssl.keystore.certificate.chain", pem("CERTIFICATE", certificate.getEncoded()),
                "schema.registry.ssl.keystore.key", pem("PRIVATE KEY", key.getEncoded()))) {
            // when, then
            assertThat(client.register("s", PERSON)).isEqualTo(1);
        }
    }

    @Test
    void shouldNotTrustAnUnknownRegistry() {
        // given
        try (RegistryClient client = Serdes.client(registry.url(), "schema.registry.retry.timeout.ms", 0)) {
            // when, then
            assertThatThrownBy(() -> client.register("s", PERSON)).isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("SSLHandshakeException");
        }
    }

    @Test
    void shouldNotTrustARegistryOfAnotherName() {
        // given
        try (RegistryClient client = Serdes.client(registry.url().replace("127.0.0.1", "localhost"),
                "schema.registry.ssl.truststore.location", store.toString(),
                "schema.registry.ssl.truststore.password", PASSWORD,
                "schema.registry.retry.timeout.ms", 0)) {
            // when, then
            assertThatThrownBy(() -> client.register("s", PERSON)).isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("localhost");
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                + "-----\n";
    }

    private static KeyStore load() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static SSLContext serverContext() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(), PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("it", load().getCertificate("it"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
