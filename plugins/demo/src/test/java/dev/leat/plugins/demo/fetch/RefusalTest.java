package dev.leat.plugins.demo.fetch;

import static dev.leat.plugins.demo.fetch.Fetching.HERE;
import static dev.leat.plugins.demo.fetch.Fetching.LIMITS;
import static dev.leat.plugins.demo.fetch.Fetching.fetch;
import static dev.leat.plugins.demo.fetch.Fetching.handler;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs, redirects and names must not lead to where they may not; the server would answer at every address here. */
class RefusalTest {

    private static final InetAddress INNER = InetAddress.ofLiteral("127.0.0.2");

    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        server = new WebServer().serve("/secret", 200, "secret");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "2130706433", "localhost", "0.0.0.0", "[::1]", "[::]",
            "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[fe80::1]", "10.0.0.1", "192.168.0.1", "169.254.169.254",
            "255.255.255.255"})
    void shouldRefusePrivateAddressesByDefault(String host) throws Exception {
        FetchedUrl fetched = fetch(UrlFetch.of(Map.of()).handler(), server.url(host, "/secret"));

        assertRefused(fetched);
        assertThat(fetched.status()).isEmpty();
    }

    @Test
    void shouldAllowPrivateAddressesWhenConfigured() throws Exception {
        UrlFetchHandler handler = UrlFetch.of(Map.of("DEMO_URL_FETCH_ALLOW_PRIVATE", "true")).handler();

        assertThat(fetch(handler, server.url("/secret")).status()).hasValue(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "false"})
    void shouldRefuseWhenConfiguredSo(String value) throws Exception {
        UrlFetchHandler handler = UrlFetch.of(Map.of("DEMO_URL_FETCH_ALLOW_PRIVATE", value)).handler();

        assertRefused(fetch(handler, server.url("/secret")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUE", "yes", "1", " true"})
    void shouldNotGuessWhatAConfigurationMeans(String value) {
        assertThatThrownBy(() -> UrlFetch.of(Map.of("DEMO_URL_FETCH_ALLOW_PRIVATE", value)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(
                        "Expected the environment variable DEMO_URL_FETCH_ALLOW_PRIVATE to be true or false, but it is '%s'",
                        value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "[::1]", "[::ffff:127.0.0.2]", "0.0.0.0", "169.254.169.254", "10.0.0.1"})
    void shouldRefuseARedirectToAPrivateAddress(String host) throws Exception {
        server.redirect("/from", 302, server.url(host, "/secret"));

        FetchedUrl fetched = fetch(handler(LIMITS), server.url("/from"));

        assertRefused(fetched);
        assertThat(fetched.status()).hasValue(302);
        assertThat(server.visits()).containsExactly("/from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "jar:file:/a.jar!/b"})
    void shouldRefuseARedirectToAnotherScheme(String location) throws Exception {
        server.redirect("/from", 302, location);

        assertThat(fetch(handler(LIMITS), server.url("/from")).error())
                .contains("Expected a URL by http or https, but got '%s'".formatted(location));
    }

    @Test
    void shouldRefuseANameOfWhichOneAddressIsPrivate() throws Exception {
        FetchedUrl fetched = fetch(handler(_ -> List.of(HERE, INNER), LIMITS),
                server.url("site.example", "/secret"));

        assertRefused(fetched);
        assertThat(fetched.error().orElseThrow()).contains("'site.example'").doesNotContain(INNER.getHostAddress());
    }

    @Test
    void shouldConnectToTheAddressThatWasCheckedThoughTheNameMovesOn() throws Exception {
        server.serve("/open", exchange -> {
            assertThat(exchange.getLocalAddress().getAddress()).isEqualTo(HERE);
            exchange.sendResponseHeaders(200, -1);
        });
        MovingName name = new MovingName();

        FetchedUrl fetched = fetch(handler(name, LIMITS), server.url("site.example", "/open"));

        assertThat(fetched.status()).hasValue(200);
        assertThat(name.asked).containsExactly("site.example");
    }

    @Test
    void shouldCheckAgainWhenARedirectLeadsToTheSameNameThatHasMovedOn() throws Exception {
        server.redirect("/from", 302, "/secret");
        MovingName name = new MovingName();

        FetchedUrl fetched = fetch(handler(name, LIMITS), server.url("site.example", "/from"));

        assertRefused(fetched);
        assertThat(name.asked).containsExactly("site.example", "site.example");
    }

    private void assertRefused(FetchedUrl fetched) {
        assertThat(fetched.error().orElseThrow()).startsWith("Expected a host with public addresses alone, but ");
        assertThat(server.visits()).doesNotContain("/secret");
    }

    /** Its first address may be reached, all later ones may not, as an attacker's DNS does it. */
    private static final class MovingName implements HostLookup {

        private final List<String> asked = new ArrayList<>();

        @Override
        public List<InetAddress> addresses(String host) {
            asked.add(host);
            return List.of(asked.size() == 1 ? HERE : INNER);
        }
    }
}
