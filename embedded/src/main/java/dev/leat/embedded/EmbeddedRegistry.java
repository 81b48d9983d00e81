package dev.leat.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;

/**
 * A schema registry in this JVM with the part of Confluent's REST protocol that clients need, for the all-in-one command,
 * development and tests. Its data is a compacted Kafka topic, so it survives restarts and kills with all its ids.
 *
 * <p>It asks for no credentials and therefore serves on loopback only. One instance serves a cluster: where a second one
 * is started, it takes over, and the first refuses everything from then on with 503. How that is kept, and that no id ever
 * names two schemas whatever happens in between, is told in {@link RegistryJournal}.
 *
 * <p>Any thread may call.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService requests;
    private final RegistryJournal journal;

    private EmbeddedRegistry(HttpServer server, ExecutorService requests, RegistryJournal journal) {
        this.server = server;
        this.requests = requests;
        this.journal = journal;
    }

    /**
     * Starts a registry and returns when it serves with all that its journal holds. Port and host are checked before the
     * journal is taken over, so a start that fails on them leaves a running instance alone.
     *
     * @throws PortTakenException when another process has the port
     * @throws IllegalArgumentException when the host is no loopback address
     * @throws IllegalStateException when the journal cannot be replayed
     */
    public static EmbeddedRegistry start(RegistryOptions options) {
        HttpServer server = bind(options);
        SchemaCatalog catalog = new SchemaCatalog();
        RegistryJournal journal;
        try {
            journal = RegistryJournal.open(options, urlOf(server), catalog);
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(requests);
        server.createContext("/", new RegistryHttp(new RegistryService(catalog, journal)));
        server.start();
        return new EmbeddedRegistry(server, requests, journal);
    }

    /** What {@code schema.registry.url} has to say. */
    public String url() {
        return urlOf(server);
    }

    /** Stops serving and leaves the journal. A second call does nothing. */
    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
        journal.close();
    }

    private static HttpServer bind(RegistryOptions options) {
        InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "Expected a loopback address for the embedded schema registry, which asks for no "
                            + "credentials, but it is " + options.host()
                            + ": for other machines run a schema registry of its own");
        }
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new PortTakenException("schema registry", options.host(), options.port(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to bind the schema registry to " + address + ", but " + e, e);
        }
    }

    private static String urlOf(HttpServer server) {
        InetSocketAddress address = server.getAddress();
        return "http://" + BrokerSettings.bracketed(address.getAddress().getHostAddress()) + ":" + address.getPort();
    }
}
