package dev.leat.plugins.demo.fetch;

import static dev.leat.plugins.demo.fetch.Fetching.HERE;
import static dev.leat.plugins.demo.fetch.Fetching.LIMITS;
import static dev.leat.plugins.demo.fetch.Fetching.fetch;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection goes to an address, and TLS is about the name all the same. */
@Tag("process") // keytool makes the certificate, for the JDK has no API for it.
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private static final List<SNIServerName> NAMES = new CopyOnWriteArrayList<>();
    private static HttpsServer server;
    private static SSLContext context;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        context = context(keyStore(folder.resolve("site.p12")));
        server = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            NAMES.addAll(session.getRequestedServerNames());
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(new byte[500]);
            }
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void shouldFetchFromTheServerThatTheCertificateNames() throws Exception {
        FetchedUrl fetched = fetch(trusting(context.getSocketFactory()), url("site.example"));

        assertThat(fetched.error()).isEmpty();
        assertThat(fetched.status()).hasValue(200);
        assertThat(fetched.size()).isEqualTo(500);
        assertThat(NAMES).contains(new SNIHostName("site.example"));
    }

    @Test
    void shouldRefuseACertificateOfAnotherName() throws Exception {
        FetchedUrl fetched = fetch(trusting(context.getSocketFactory()), url("other.example"));

        assertThat(fetched.status()).isEmpty();
        assertThat(fetched.error().orElseThrow()).contains("SSLHandshakeException", "other.example");
    }

    @Test
    void shouldRefuseACertificateOfNobodyKnown() throws Exception {
        FetchedUrl fetched = fetch(trusting((SSLSocketFactory) SSLSocketFactory.getDefault()), url("site.example"));

        assertThat(fetched.status()).isEmpty();
        assertThat(fetched.error().orElseThrow()).contains("SSLHandshakeException");
    }

    private static UrlFetchHandler trusting(SSLSocketFactory tls) {
        return new UrlFetchHandler(new Connector(_ -> List.of(HERE), HERE::equals, () -> tls), LIMITS);
    }

    private static String url(String host) {
        return "https://" + host + ":" + server.getAddress().getPort() + "/";
    }

    private static KeyStore keyStore(Path file) throws Exception {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "site", "-keyalg", "EC", "-dname", "CN=site", "-ext", "san=dns:site.example",
                "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
                new String(PASSWORD)).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        // As an entry of its own, for a key does not make its certificate trusted.
        store.setCertificateEntry("trusted", store.getCertificate("site"));
        return store;
    }

    private static SSLContext context(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
