package dev.leat.schemas.serde;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the registry's protocol over real HTTP and misbehaves on request: the only way to have a registry that hangs or
 * answers nonsense. Each fault is used up by one request, unless it is set to stay.
 */
final class FaultyRegistry implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What goes wrong with a request; says whether the request goes on to be served. */
    @FunctionalInterface
    interface Fault {
        boolean strike(HttpExchange exchange) throws IOException;
    }

    private static final Fault NONE = exchange -> true;

    /** One request as it came. */
    record Request(String method, String path, String body, Map<String, List<String>> headers) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<Integer, String> answersById = new HashMap<>();
    private final Map<String, Integer> idsBySubjectAndSchema = new HashMap<>();
    private final Map<Schema, Integer> idsBySchema = new HashMap<>();
    private volatile Fault lasting = NONE;
    private int lastId;

    private FaultyRegistry(HttpServer server, int lastId) {
        this.server = server;
        this.lastId = lastId;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static FaultyRegistry start() throws IOException {
        return startAfterId(0);
    }

    static FaultyRegistry startAfterId(int lastId) throws IOException {
        return new FaultyRegistry(HttpServer.create(anyPort(), 0), lastId);
    }

    static FaultyRegistry startOnPort(int port) throws IOException {
        return new FaultyRegistry(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0),
                0);
    }

    static FaultyRegistry startWithTls(SSLContext context, boolean needClientCertificate) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(needClientCertificate);
                parameters.setSSLParameters(tls);
            }
        });
        return new FaultyRegistry(server, 0);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    /** Lets the next requests go wrong, one fault each. */
    void next(Fault... ofRequests) {
        faults.addAll(List.of(ofRequests));
    }

    /** Lets every request go wrong from now on. */
    void always(Fault fault) {
        lasting = fault;
    }

    void heal() {
        faults.clear();
        lasting = NONE;
    }

    /** Puts any answer under an id, as a registry with other kinds of schemas would have. */
    synchronized void putAnswer(int id, String json) {
        answersById.put(id, json);
    }

    synchronized int put(Schema schema) {
        return register("elsewhere", schema.toString());
    }

    static Fault status(int status, String body) {
        return exchange -> {
            answer(exchange, status, body);
            return false;
        };
    }

    static Fault dropConnection() {
        return exchange -> {
            exchange.close();
            return false;
        };
    }

    /** Sends nothing, or only the begin of an answer, and then nothing until the registry is closed. */
    Fault hang(boolean afterHeaders) {
        return exchange -> {
            if (afterHeaders) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
            await(closing);
            exchange.close();
            return false;
        };
    }

    /** Lets a request wait, then go through. */
    static Fault until(CountDownLatch latch) {
        return exchange -> {
            await(latch);
            return true;
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getRawPath();
        requests.add(new Request(exchange.getRequestMethod(), path, body, Map.copyOf(exchange.getRequestHeaders())));
        Fault fault = faults.poll();
        if ((fault == null ? lasting : fault).strike(exchange)) {
            serve(exchange, path, body);
        }
    }

    private void serve(HttpExchange exchange, String path, String body) throws IOException {
        String[] parts = path.split("/", -1);
        if (path.startsWith("/schemas/ids/")) {
            String found = byId(Integer.parseInt(parts[3]));
            answer(exchange, found.isEmpty() ? 404 : 200,
                    found.isEmpty() ? "{\"error_code\":40403,\"message\":\"Schema not found\"}" : found);
        } else if (path.endsWith("/versions")) {
            answer(exchange, 200, "{\"id\":" + register(parts[2], schemaIn(body)) + "}");
        } else {
            @Nullable
            Integer id = lookup(parts[2], schemaIn(body));
            answer(exchange, id == null ? 404 : 200, id == null
                    ? "{\"error_code\":40403,\"message\":\"Schema not found\"}"
                    : "{\"subject\":\"" + parts[2] + "\",\"id\":" + id + ",\"version\":1}");
        }
    }

    private synchronized String byId(int id) {
        return answersById.getOrDefault(id, "");
    }

    private synchronized int register(String subject, String schema) {
        int id = idsBySchema.computeIfAbsent(parse(schema), parsed -> {
            lastId++;
            answersById.put(lastId, JSON.createObjectNode().put("schema", schema).toString());
            return lastId;
        });
        idsBySubjectAndSchema.put(subject + parse(schema), id);
        return id;
    }

    private synchronized @Nullable Integer lookup(String subject, String schema) {
        return idsBySubjectAndSchema.get(subject + parse(schema));
    }

    private static Schema parse(String schema) {
        return new Schema.Parser().parse(schema);
    }

    private static String schemaIn(String body) throws IOException {
        return JSON.readTree(body).get("schema").asText();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
