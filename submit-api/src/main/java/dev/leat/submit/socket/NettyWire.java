package dev.leat.submit.socket;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import io.netty.channel.Channel;

/**
 * A connection of Micronaut's server. Micronaut closes a connection only when the client has read the close frame, which
 * one that reads nothing never does: so the channel is closed after a while by itself.
 */
final class NettyWire implements Wire {

    /** How long a client may take to read what is still on its way to it. */
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final byte[] NO_CONTENT = {};

    private final WebSocketSession session;
    private final Channel channel;

    NettyWire(WebSocketSession session, Channel channel) {
        this.session = session;
        this.channel = channel;
    }

    @Override
    public boolean send(String text, Duration patience) throws InterruptedException {
        try {
            session.sendAsync(text).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException | WebSocketSessionException gone) {
            return false;
        }
    }

    @Override
    public void ping() {
        try {
            var _ = session.sendPingAsync(NO_CONTENT);
        } catch (WebSocketSessionException gone) {
            // Whoever has opened the connection is told so.
        }
    }

    @Override
    public void endWith(String text, Ending ending) {
        try {
            var _ = session.sendAsync(text);
        } catch (WebSocketSessionException gone) {
            // As above.
        }
        end(ending);
    }

    @Override
    public void end(Ending ending) {
        CloseReason reason = ending.reason();
        session.close(reason);
        var _ = channel.eventLoop().schedule(() -> {
            var _ = channel.close();
        }, GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
