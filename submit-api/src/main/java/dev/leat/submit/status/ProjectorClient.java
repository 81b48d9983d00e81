package dev.leat.submit.status;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.ApiProblems;

/**
 * Asks projectors over HTTP, one after the other until one knows: one that cannot be reached, is too slow, says 503 or
 * answers with something else than the agreed forms is passed over. Thread-safe; callers block.
 *
 * <p>A request waits for two projectors' timeouts at most, however many there are, beyond what it wants to wait anyhow.
 */
public final class ProjectorClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectorClient.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    /** Far above a page of 500 jobs; what is longer is no answer to any question that is asked here. */
    private static final long MAX_BODY = 64L << 20;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,4}");
    private static final int DEFAULT_RETRY_AFTER = 1;

    private final Projectors projectors;
    private final Duration timeout;
    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** One projector gave no answer that can be used. */
    private static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int retryAfter;

        NoAnswerException(String message, int retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }
    }

    /**
     * @param uris where the projectors are; more than one for failover
     * @param timeout for one projector's answer, its body included
     */
    public ProjectorClient(List<URI> uris, Duration timeout, ObjectMapper json, InstantSource clock) {
        this.projectors = new Projectors(uris, clock);
        this.timeout = timeout;
        this.json = json;
    }

    /**
     * Asks for a resource.
     *
     * @param pathAndQuery below the projector's address, begins with a slash
     * @throws ProblemException 503 where no projector answered
     */
    public ProjectorAnswer get(String pathAndQuery) {
        return get(_ -> pathAndQuery, Duration.ZERO);
    }

    /**
     * Asks for a resource that a projector may hold back for a while.
     *
     * @param pathAndQuery the same for what is left of the wait, which may be zero
     * @param wait how much longer than usual an answer may take
     * @throws ProblemException 503 where no projector answered
     */
    public ProjectorAnswer get(Function<Duration, String> pathAndQuery, Duration wait) {
        long endOfWait = System.nanoTime() + wait.toNanos();
        int retryAfter = DEFAULT_RETRY_AFTER;
        for (URI projector : projectors.inOrder()) {
            Duration left = Duration.ofNanos(endOfWait - System.nanoTime());
            Duration patience = shorter(left.plus(timeout.multipliedBy(2)), positive(left).plus(timeout));
            if (!patience.isPositive()) {
                break;
            }
            try {
                ProjectorAnswer answer = ask(projector, pathAndQuery.apply(positive(left)), patience);
                projectors.answered(projector);
                return answer;
            } catch (NoAnswerException e) {
                projectors.failed(projector);
                retryAfter = Math.max(retryAfter, e.retryAfter);
                LOG.debug("Expected an answer of {}, but: {}", projector, e.getMessage());
            }
        }
        throw ApiProblems.statusUnavailable(Duration.ofSeconds(retryAfter));
    }

    private static Duration positive(Duration duration) {
        return duration.isPositive() ? duration : Duration.ZERO;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Each projector, and whether the last that was heard of it was an answer; also true of one never asked. */
    public Map<URI, Boolean> answering() {
        return projectors.answering();
    }

    private ProjectorAnswer ask(URI projector, String pathAndQuery, Duration patience) throws NoAnswerException {
        String address = projector.toString();
        String base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .header("Accept", "application/json, application/problem+json")
                .timeout(patience)
                .GET()
                .build();
        // The request's own timeout ends with the headers; a body that never ends needs this one.
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY));
        try {
            return checked(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new NoAnswerException("no answer within " + patience, DEFAULT_RETRY_AFTER);
        } catch (ExecutionException e) {
            throw new NoAnswerException(String.valueOf(e.getCause()), DEFAULT_RETRY_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted", DEFAULT_RETRY_AFTER);
        } finally {
            answer.cancel(true);
        }
    }

    private ProjectorAnswer checked(HttpResponse<byte[]> response) throws NoAnswerException {
        int status = response.statusCode();
        Optional<String> type = response.headers().firstValue("Content-Type").map(ProjectorClient::mediaType);
        boolean agreed = status == 200
                ? type.equals(Optional.of("application/json"))
                : status >= 400 && status < 500 && type.equals(Optional.of("application/problem+json"));
        if (!agreed) {
            throw new NoAnswerException("status " + status + ", " + type.orElse("no content type"),
                    retryAfter(response));
        }
        if (!isJson(response.body())) {
            throw new NoAnswerException("status " + status + " with a body that is not JSON", DEFAULT_RETRY_AFTER);
        }
        return new ProjectorAnswer(status, response.body());
    }

    private static int retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> SECONDS.matcher(value).matches())
                .map(Integer::valueOf)
                .orElse(DEFAULT_RETRY_AFTER);
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
    }

    private boolean isJson(byte[] body) {
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
