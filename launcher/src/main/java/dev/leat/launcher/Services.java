package dev.leat.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;

import dev.leat.projector.Projector;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;

/**
 * The roles of one process: one Micronaut context with one HTTP server. Closing stops what the roles run, in the
 * reverse order of its start; a second call does nothing.
 */
final class Services implements AutoCloseable {

    private static final Duration READY_POLL = Duration.ofMillis(50);

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private Services(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /**
     * Finds the port for the HTTP server before anything starts, so that a taken one is told at once.
     *
     * @param defaultPort where the options name none
     * @return the port that is free: the one asked for, or any where that is 0
     * @throws StartFailedException when the port is taken
     */
    static int freePort(Settings settings, int defaultPort) {
        String host = settings.get(ServiceOptions.HTTP_HOST);
        int port = settings.get(ServiceOptions.HTTP_PORT).orElse(defaultPort);
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return probe.getLocalPort();
        } catch (IOException taken) {
            throw new StartFailedException("Expected to bind the HTTP server to port " + port + " on " + host
                    + ", but: " + taken.getMessage()
                    + ". Stop the process that has the port or choose another one with --port");
        }
    }

    /** Starts the roles and returns as soon as the HTTP server listens; {@link #awaitReady} waits for the rest. */
    static Services start(Set<Role> roles, Settings settings, int port) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.host", settings.get(ServiceOptions.HTTP_HOST));
        properties.put("micronaut.server.port", port);
        roles.forEach(role -> properties.put(role.property(), true));
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(properties)
                .singletons(settings)
                .start();
        try {
            return new Services(context, context.getBean(EmbeddedServer.class).start());
        } catch (RuntimeException failure) {
            context.close();
            throw failure;
        }
    }

    /** Where the HTTP server answers. */
    URI url() {
        return URI.create("http://" + server.getHost() + ":" + server.getPort());
    }

    /** Completes with the cause when a role cannot go on and only a new start can mend it; never otherwise. */
    CompletionStage<Throwable> fault() {
        return context.findBean(Projector.class).map(Projector::fault).orElseGet(CompletableFuture::new);
    }

    /**
     * Waits until every role in this process says that it is ready.
     *
     * @throws StartFailedException when it is not within {@code timeout}
     */
    void awaitReady(Duration timeout) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url().resolve("/health/readiness")).timeout(timeout).build();
        long deadline = System.nanoTime() + timeout.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client, request)) {
                failOn(fault());
                if (System.nanoTime() > deadline) {
                    throw new StartFailedException(
                            "Expected to be ready within " + timeout.toSeconds() + " s, but " + request.uri()
                                    + " does not say so; the log above says what is missing");
                }
                Thread.sleep(READY_POLL);
            }
        }
    }

    private static void failOn(CompletionStage<Throwable> fault) {
        Optional.ofNullable(fault.toCompletableFuture().getNow(null)).ifPresent(cause -> {
            throw new StartFailedException("Expected to get ready, but: " + cause.getMessage());
        });
    }

    private static boolean isReady(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
