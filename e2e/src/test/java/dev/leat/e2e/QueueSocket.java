package dev.leat.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;

/** A client of the WebSocket of a gateway, which keeps all messages and holds them against the document. */
final class QueueSocket implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final DocumentedMessages document;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    QueueSocket(URI gateway, String query, DocumentedMessages document) {
        this.document = document;
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(gateway.toString().replaceFirst("^http", "ws") + "/ws/queue" + query),
                        new Collector())
                .join();
    }

    void send(String message) {
        document.check(message);
        socket.sendText(message, true).join();
    }

    /** All messages so far but those that come by the clock. */
    List<JsonNode> received() {
        received.forEach(document::check);
        return received.stream().map(QueueSocket::read)
                .filter(message -> !message.path("type").asText().equals("stats_update")).toList();
    }

    /** The types of what was told of the job so far, but its progress. */
    List<String> told(String job) {
        return received().stream().filter(message -> message.at("/job/id").asText().equals(job))
                .map(message -> message.path("type").asText())
                .filter(type -> type.startsWith("job_") && !type.equals("job_progress")).toList();
    }

    QueueSocket awaitState() {
        Awaitility.await().until(() -> received().stream()
                .anyMatch(message -> message.path("type").asText().equals("queue_state")));
        return this;
    }

    /** The position of the last message that had one. */
    String position() {
        return received.stream().map(message -> read(message).path("position").asText()).filter(at -> !at.isEmpty())
                .reduce((_, last) -> last).orElseThrow();
    }

    private static JsonNode read(String message) {
        try {
            return JSON.readTree(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private final class Collector implements WebSocket.Listener {

        private final StringBuilder begun = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            begun.append(data);
            if (last) {
                received.add(begun.toString());
                begun.setLength(0);
            }
            return WebSocket.Listener.super.onText(webSocket, data, last);
        }
    }
}
