package dev.leat.schemas.serde;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the registry and insists: another address where one is in trouble, again after a growing pause where all are,
 * until an answer came or {@value SerdeConfig#RETRY_TIMEOUT_MS} is over. Redirects are not followed: they would take the
 * credentials elsewhere.
 *
 * <p>Thread-safe. The only mutable state is which address answered last, which any thread may set.
 */
final class RegistryHttp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final long MAX_ANSWER_BYTES = 16L << 20;
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 1_000;

    private final HttpClient client;
    private final List<RegistryEndpoint> endpoints;
    private final Duration readTimeout;
    private final Duration retryTimeout;
    private volatile int preferred;

    RegistryHttp(SerdeConfig config) {
        this.endpoints = config.endpoints();
        this.readTimeout = config.readTimeout();
        this.retryTimeout = config.retryTimeout();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout());
        config.sslContext().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * Asks until there is an answer.
     *
     * @return empty where the registry says that it does not know what was asked for
     */
    <T> Optional<T> ask(RegistryQuestion<T> question) {
        long deadline = System.nanoTime() + retryTimeout.toNanos();
        int endpoint = preferred;
        Duration timeout = readTimeout;
        @Nullable
        IOException reason = null;
        for (int attempt = 1;; attempt++) {
            try {
                Optional<T> answer = askOnce(endpoints.get(endpoint), question, timeout);
                preferred = endpoint;
                return answer;
            } catch (IOException e) {
                LOG.debug("Attempt {} to ask {} failed", attempt, endpoints.get(endpoint), e);
                reason = moreTelling(reason, e);
            }
            Duration pause = pauseAfter(attempt);
            timeout = Duration.ofNanos(deadline - System.nanoTime()).minus(pause);
            if (!timeout.isPositive()) {
                throw unavailable(question, attempt, reason);
            }
            sleep(pause);
            endpoint = (endpoint + 1) % endpoints.size();
        }
    }

    /** The last attempt often has so little time left that its own failure says nothing. */
    private static IOException moreTelling(@Nullable IOException before, IOException last) {
        return before != null && last instanceof HttpTimeoutException ? before : last;
    }

    private RegistryUnavailableException unavailable(RegistryQuestion<?> question, int attempts, IOException reason) {
        return new RegistryUnavailableException("Expected the schema registry at " + endpoints + " to answer "
                + question.path() + " within " + retryTimeout.toMillis() + " ms, but none of " + attempts
                + " attempts succeeded: "
                + (reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage()), reason);
    }

    private <T> Optional<T> askOnce(RegistryEndpoint endpoint, RegistryQuestion<T> question, Duration timeout)
            throws IOException {
        HttpResponse<byte[]> response = send(request(endpoint, question),
                timeout.compareTo(readTimeout) < 0 ? timeout : readTimeout);
        JsonNode body = parse(response.body());
        int code = body.path("error_code").asInt(0);
        return switch (RegistryStatus.of(response.statusCode(), code)) {
            case FOUND -> Optional.of(question.reader().apply(body).orElseThrow(() -> new IOException(
                    "Expected " + question.expected() + ", but " + endpoint + " sent something else")));
            case MISSING -> Optional.empty();
            case TROUBLE -> throw new IOException(describe(endpoint, question, response.statusCode(), body));
            case REFUSED -> throw new RegistryRefusalException(response.statusCode(),
                    describe(endpoint, question, response.statusCode(), body));
        };
    }

    private static String describe(RegistryEndpoint endpoint, RegistryQuestion<?> question, int status, JsonNode body) {
        return "Expected " + question.expected() + " from " + endpoint + question.path() + ", but got HTTP " + status
                + (body.has("error_code") ? ", error code " + body.path("error_code").asText() : "")
                + (body.has("message") ? ": " + body.path("message").asText() : "");
    }

    private static HttpRequest request(RegistryEndpoint endpoint, RegistryQuestion<?> question) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(question.path()))
                .header("Accept", CONTENT_TYPE + ", application/vnd.schemaregistry+json, application/json");
        endpoint.authorization().ifPresent(value -> request.header("Authorization", value));
        question.body().ifPresent(
                body -> request.header("Content-Type", CONTENT_TYPE).POST(BodyPublishers.ofString(body)));
        return request.build();
    }

    /** Waits for the whole answer; the client's own timeout would end with the answer's headers. */
    private HttpResponse<byte[]> send(HttpRequest request, Duration timeout) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> response = client.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            return response.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            response.cancel(true);
        }
    }

    /** Anything but JSON counts as an empty answer; the status says what to make of it. */
    private static JsonNode parse(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * None before every address was asked. Then it doubles with each round, at random down to its half, so that many
     * clients do not come back at once.
     */
    private Duration pauseAfter(int attempt) {
        if (attempt % endpoints.size() != 0) {
            return Duration.ZERO;
        }
        int round = attempt / endpoints.size();
        long longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(round - 1, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
