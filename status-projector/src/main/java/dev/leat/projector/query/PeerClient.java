package dev.leat.projector.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.streams.state.HostInfo;

/** Asks other projectors. What it asks is marked, so that they answer by themselves. Thread-safe; callers block. */
final class PeerClient implements AutoCloseable {

    /** Says that a question has made its one hop. */
    static final String FORWARDED = "Leat-Forwarded";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final long MAX_BODY = 64L << 20;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /**
     * The answer, whatever its status.
     *
     * @param timeout for the whole answer
     * @throws IOException where there is none
     */
    HttpResponse<byte[]> get(HostInfo peer, String pathAndQuery, Duration timeout)
            throws IOException, InterruptedException {
        String host = peer.host().contains(":") ? "[" + peer.host() + "]" : peer.host();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + peer.port() + pathAndQuery))
                .header(FORWARDED, "1")
                .GET()
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Expected an answer of " + peer + " within " + timeout + ", but " + e, e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
