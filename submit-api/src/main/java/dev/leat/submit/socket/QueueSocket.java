package dev.leat.submit.socket;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.submit.live.LogPosition;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * The endpoint: hands what comes over each connection to its {@link QueueSession}. Its methods are called by the
 * connections' threads, which must not wait.
 *
 * <p>It takes frames, not messages: Micronaut puts frames together without a bound.
 */
@ServerWebSocket(QueueSocket.PATH)
final class QueueSocket {

    static final String PATH = "/ws/queue";

    /** Longer than any body that the HTTP API takes, so that a message that is a little too long can be answered. */
    static final int MAX_MESSAGE = 1_100_000;

    private static final Logger LOG = LoggerFactory.getLogger(QueueSocket.class);

    private final QueueSessions sessions;
    private final Map<WebSocketSession, Connection> connections = new ConcurrentHashMap<>();

    private record Connection(QueueSession session, MessageAssembly assembly) {}

    QueueSocket(QueueSessions sessions) {
        this.sessions = sessions;
    }

    @OnOpen
    void opened(WebSocketSession session, HttpRequest<?> request) {
        if (!(request instanceof NettyHttpRequest<?> netty)) {
            throw new IllegalStateException("Expected a request of Netty, but got a " + request.getClass());
        }
        NettyWire wire = new NettyWire(session, netty.getChannelHandlerContext().channel());
        connections.put(session, new Connection(
                sessions.open(wire, position(request.getParameters().get("position"))),
                new MessageAssembly(MAX_MESSAGE)));
    }

    /** One that cannot be read is as good as one that is gone: the client gets the whole state. */
    private static Optional<LogPosition> position(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(LogPosition::parse);
        } catch (IllegalArgumentException e) {
            LOG.debug("A client is shown the whole queue: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @OnMessage(maxPayloadLength = MAX_MESSAGE)
    void received(WebSocketFrame frame, WebSocketSession session) {
        try {
            Connection connection = connections.get(session);
            if (connection != null) {
                received(frame, connection);
            }
        } finally {
            frame.release();
        }
    }

    private static void received(WebSocketFrame frame, Connection connection) {
        try {
            connection.assembly().add(frame).ifPresent(connection.session()::received);
        } catch (MessageAssembly.UnacceptableException unacceptable) {
            connection.session().end(unacceptable.ending());
        }
    }

    @OnError
    void failed(WebSocketSession session, Throwable error) {
        LOG.debug("A WebSocket ends: {}", error.getMessage());
        Connection connection = connections.get(session);
        if (connection != null) {
            connection.session().end(Ending.FAULT);
        }
    }

    @OnClose
    void closed(WebSocketSession session) {
        Connection connection = connections.remove(session);
        if (connection != null) {
            sessions.closed(connection.session());
        }
    }
}
