package dev.leat.plugins.demo.fetch;

import static dev.leat.plugins.demo.fetch.Fetching.LIMITS;
import static dev.leat.plugins.demo.fetch.Fetching.fetch;
import static dev.leat.plugins.demo.fetch.Fetching.fetchAll;
import static dev.leat.plugins.demo.fetch.Fetching.handler;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.JobType;
import dev.leat.plugin.test.AttemptEnd;
import dev.leat.plugin.test.JobHandlerTester;
import dev.leat.plugin.test.ProgressReport;
import dev.leat.plugin.test.StartedAttempt;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlFetchTest {

    /** Far less than the servers of a test would keep a handler waiting. */
    private static final Duration PROMPT = Duration.ofSeconds(3);

    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        server = new WebServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldTellStatusAndSizeOfEachUrlInTheOrderOfTheInput() throws Exception {
        server.serve("/found", 200, "x".repeat(1000)).serve("/missing", 404, "no").serve("/broken", 500, "")
                .serve("/empty", 204, "");

        List<FetchedUrl> fetched = fetchAll(handler(LIMITS), server.url("/found"),
                server.url("/missing"), server.url("/broken"), server.url("/empty"), "http://127.0.0.1:1/closed");

        assertThat(fetched).extracting(FetchedUrl::url).containsExactly(server.url("/found"), server.url("/missing"),
                server.url("/broken"), server.url("/empty"), "http://127.0.0.1:1/closed");
        assertThat(fetched).extracting(FetchedUrl::status).containsExactly(OptionalInt.of(200), OptionalInt.of(404),
                OptionalInt.of(500), OptionalInt.of(204), OptionalInt.empty());
        assertThat(fetched).extracting(FetchedUrl::size).containsExactly(1000L, 2L, 0L, 0L, 0L);
        assertThat(fetched).extracting(FetchedUrl::truncated).containsOnly(false);
        assertThat(fetched).extracting(FetchedUrl::duration).allMatch(duration -> duration >= 1000);
        assertThat(fetched.subList(0, 4)).allMatch(url -> url.error().isEmpty());
        assertThat(fetched.getLast().error().orElseThrow())
                .startsWith("Expected a connection to '127.0.0.1', port 1, but: ");
    }

    @Test
    void shouldFetchAllAtTheSameTime() throws Exception {
        CyclicBarrier allThere = new CyclicBarrier(10);
        server.serve("/", exchange -> {
            try {
                allThere.await();
                exchange.sendResponseHeaders(200, -1);
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IOException(e);
            }
        });
        String[] urls = new String[10];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = server.url("/" + i);
        }

        assertThat(fetchAll(handler(LIMITS), urls)).extracting(FetchedUrl::status)
                .containsOnly(OptionalInt.of(200));
    }

    @Test
    void shouldReportEachUrlAsItCompletes() throws Exception {
        CountDownLatch quickReported = new CountDownLatch(1);
        server.serve("/quick", 200, "quick").serve("/slow", exchange -> {
            try {
                quickReported.await();
                exchange.sendResponseHeaders(404, -1);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });

        StartedAttempt started = Fetching.tester(handler(LIMITS))
                .start(new UrlFetchInput(List.of(server.url("/slow"), server.url("/quick"))));
        started.awaitProgress(1);
        quickReported.countDown();

        assertThat(started.await().progress()).containsExactly(
                new ProgressReport(50, server.url("/quick") + ": status 200, 5 bytes"),
                new ProgressReport(100, server.url("/slow") + ": status 404, 0 bytes"));
    }

    @Test
    void shouldReadChunksAsOneBody() throws Exception {
        server.serve("/chunks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 10; i++) {
                exchange.getResponseBody().write(new byte[99]);
                exchange.getResponseBody().flush();
            }
        });

        assertThat(fetch(handler(LIMITS), server.url("/chunks"))).satisfies(fetched -> {
            assertThat(fetched.size()).isEqualTo(990);
            assertThat(fetched.error()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void shouldFollowRedirects(int status) throws Exception {
        server.redirect("/from", status, "to").redirect("/to", status, server.url("/end")).serve("/end", 200, "end");

        FetchedUrl fetched = fetch(handler(LIMITS), server.url("/from"));

        assertThat(fetched.status()).hasValue(200);
        assertThat(fetched.size()).isEqualTo(3);
        assertThat(server.visits()).containsExactly("/from", "/to", "/end");
    }

    @Test
    void shouldTakeARedirectWithoutAPlaceAsAnAnswer() throws Exception {
        server.serve("/nowhere", 302, "where?");

        assertThat(fetch(handler(LIMITS), server.url("/nowhere"))).satisfies(fetched -> {
            assertThat(fetched.status()).hasValue(302);
            assertThat(fetched.size()).isEqualTo(6);
            assertThat(fetched.error()).isEmpty();
        });
    }

    @Test
    void shouldLeaveARedirectLoop() throws Exception {
        server.redirect("/loop", 302, "/loop");

        FetchedUrl fetched = fetch(handler(LIMITS), server.url("/loop"));

        assertThat(fetched.status()).hasValue(302);
        assertThat(fetched.error()).contains(
                "Expected at most 5 redirects, but there is one more to '%s'".formatted(server.url("/loop")));
        assertThat(server.visits()).hasSize(6);
    }

    @Test
    void shouldLeaveAnEndlessBodyAtTheLimit() throws Exception {
        server.serve("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            endless(exchange.getResponseBody());
        });

        FetchedUrl fetched = fetch(handler(LIMITS), server.url("/endless"));

        assertThat(fetched.size()).isEqualTo(1000);
        assertThat(fetched.truncated()).isTrue();
        assertThat(fetched.error()).isEmpty();
    }

    /** Ends only when the other side hangs up. */
    private static void endless(OutputStream body) throws IOException {
        while (true) {
            body.write(new byte[4096]);
        }
    }

    @Test
    void shouldLeaveABodyThatNeverComesAtTheDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        server.serve("/quick", 200, "quick").serve("/slow", exchange -> {
            try {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write(new byte[10]);
                exchange.getResponseBody().flush();
                never.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });

        List<FetchedUrl> fetched = fetchAll(handler(new FetchLimits(Duration.ofSeconds(2), 1000, 5)),
                server.url("/slow"), server.url("/quick"));

        assertThat(fetched.getFirst().status()).hasValue(200);
        assertThat(fetched.getFirst().size()).isEqualTo(10);
        assertThat(fetched.getFirst().error()).contains("Expected all of it within 2.0 s, but it took longer");
        assertThat(fetched.getLast().error()).isEmpty();
    }

    @Test
    void shouldLeaveAServerThatSaysNothingAtTheDeadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, Fetching.HERE)) {
            String authority = "127.0.0.1:" + silent.getLocalPort();

            List<FetchedUrl> fetched = fetchAll(handler(new FetchLimits(Duration.ofMillis(200), 1000, 5)),
                    "http://" + authority, "https://" + authority);

            assertThat(fetched).extracting(FetchedUrl::status).containsOnly(OptionalInt.empty());
            assertThat(fetched).extracting(url -> url.error().orElseThrow())
                    .containsOnly("Expected all of it within 0.2 s, but it took longer");
        }
    }

    @Test
    void shouldLeaveALookupThatTakesTooLong() throws Exception {
        CompletableFuture<List<InetAddress>> never = new CompletableFuture<>();
        // Like the system's, it cannot be interrupted.
        HostLookup stuck = HostLookup.apart(_ -> never.join());

        FetchedUrl fetched = fetch(handler(stuck, new FetchLimits(Duration.ofMillis(50), 1000, 5)),
                "http://site.example/");

        assertThat(fetched.error()).contains("Expected all of it within 0.05 s, but it took longer");
        never.complete(List.of());
    }

    @Test
    void shouldSayThatAHostIsUnknown() throws Exception {
        HostLookup unknown = HostLookup.apart(host -> {
            throw new UnknownHostException(host);
        });

        FetchedUrl fetched = fetch(handler(unknown, LIMITS), "http://nowhere.example/");

        assertThat(fetched.error()).contains("Expected a host that has an address, but 'nowhere.example' has none");
    }

    @Test
    void shouldTryTheAddressesOneAfterTheOther() throws Exception {
        server.serve("/", 200, "here");
        List<InetAddress> addresses = List.of(unreachable(), Fetching.HERE);
        UrlFetchHandler handler = new UrlFetchHandler(new Connector(_ -> addresses, _ -> true, () -> {
            throw new AssertionError("no TLS here");
        }), LIMITS);

        assertThat(fetch(handler, server.url("site.example", "/")).status()).hasValue(200);
    }

    /** Nothing can be sent there, and the system says so at once. */
    private static InetAddress unreachable() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[]{-1, -1, -1, -1});
    }

    @Test
    void shouldEndPromptlyWhenCancelledInMidRun() throws Exception {
        server.serve("/quick", 200, "quick");
        CompletableFuture<List<InetAddress>> never = new CompletableFuture<>();
        HostLookup lookup = HostLookup
                .apart(host -> host.equals("stuck.example") ? never.join() : List.of(Fetching.HERE));
        try (ServerSocket silent = new ServerSocket(0, 10, Fetching.HERE)) {
            String authority = "site.example:" + silent.getLocalPort();
            StartedAttempt attempt = JobHandlerTester
                    .of(JobType.named("url-fetch", UrlFetchInput.class, UrlFetchResult.class)
                            .handledBy(handler(lookup, LIMITS)))
                    .grace(PROMPT).start(new UrlFetchInput(List.of(server.url("/quick"), "http://" + authority,
                            "https://" + authority, "http://stuck.example/")));
            attempt.awaitProgress(1);
            attempt.cancel();

            assertThat(attempt.await().end()).isEqualTo(AttemptEnd.CANCELLED);
        }
        never.complete(List.of());
    }
}
