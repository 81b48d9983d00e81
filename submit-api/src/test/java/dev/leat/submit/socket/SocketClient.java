package dev.leat.submit.socket;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A client that holds each message, in both directions, against the document. */
final class SocketClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final MessageDocument document = MessageDocument.load();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<AssertionError> undocumented = new CopyOnWriteArrayList<>();
    private final WebSocket socket;
    private volatile int closeStatus = -1;

    private SocketClient(URI uri, Map<String, String> headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(uri, new Collector()).join();
    }

    /** @throws java.util.concurrent.CompletionException where the server does not let it in */
    static SocketClient connect(URI api, String query, Map<String, String> headers) {
        return new SocketClient(URI.create(api.toString().replaceFirst("^http", "ws") + query), headers);
    }

    /** Sends a message of documented form. */
    void send(String message) {
        document.check("receive", message);
        sendAnyhow(message);
    }

    void sendAnyhow(String message) {
        socket.sendText(message, true).join();
    }

    /** Sends a message in two parts; the server may end the connection before it has all of it. */
    void sendInParts(String one, String other) {
        try {
            socket.sendText(one, false).join();
            socket.sendText(other, true).join();
        } catch (CompletionException ended) {
            if (!(ended.getCause() instanceof IOException)) {
                throw ended;
            }
        }
    }

    void sendBinary() {
        socket.sendBinary(ByteBuffer.wrap(new byte[]{'{', '}'}), true).join();
    }

    /** All messages so far. */
    List<JsonNode> received() {
        if (!undocumented.isEmpty()) {
            throw undocumented.getFirst();
        }
        return List.copyOf(received);
    }

    List<String> types() {
        return received().stream().map(message -> message.path("type").asText())
                .filter(type -> !type.equals("stats_update")).toList();
    }

    /** The first message of the type, as soon as it has come. */
    JsonNode awaitFirst(String type) {
        await().until(() -> types().contains(type) || (type.equals("stats_update") && hasStats()));
        return received().stream().filter(message -> message.path("type").asText().equals(type)).findFirst()
                .orElseThrow();
    }

    private boolean hasStats() {
        return received().stream().anyMatch(message -> message.path("type").asText().equals("stats_update"));
    }

    /** The message that answers the request, as soon as it has come. */
    JsonNode awaitAnswer(String requestId) {
        await().until(() -> received().stream().anyMatch(message -> isAnswer(message, requestId)));
        return received().stream().filter(message -> isAnswer(message, requestId)).findFirst().orElseThrow();
    }

    private static boolean isAnswer(JsonNode message, String requestId) {
        return message.path("requestId").asText().equals(requestId);
    }

    /** The position of the last message that had one. */
    String position() {
        return received().stream().map(message -> message.path("position").asText()).filter(text -> !text.isEmpty())
                .reduce((_, last) -> last).orElseThrow();
    }

    /** With which status the server has closed the connection, as soon as it has. */
    int awaitClose() {
        await().until(() -> closeStatus >= 0);
        received();
        return closeStatus;
    }

    boolean isClosed() {
        return closeStatus >= 0;
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
                take(begun.toString());
                begun.setLength(0);
            }
            return WebSocket.Listener.super.onText(webSocket, data, last);
        }

        private void take(String message) {
            try {
                document.check("send", message);
            } catch (AssertionError wrong) {
                undocumented.add(wrong);
            }
            try {
                received.add(JSON.readTree(message));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closeStatus = statusCode;
            return WebSocket.Listener.super.onClose(webSocket, statusCode, reason);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closeStatus = 1006;
        }
    }
}
