package dev.leat.submit.socket;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Puts the frames of one connection together to messages, of bounded size. For the connection's thread. */
final class MessageAssembly {

    private final int longest;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** A message that is not taken, for which the connection ends. */
    static final class UnacceptableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final Ending ending;

        UnacceptableException(Ending ending) {
            super(ending.reason().getReason());
            this.ending = ending;
        }

        Ending ending() {
            return ending;
        }
    }

    /** @param longest message, in bytes, that is put together */
    MessageAssembly(int longest) {
        this.longest = longest;
    }

    /** The message that ends with this frame, if one does. */
    Optional<byte[]> add(WebSocketFrame frame) throws UnacceptableException {
        if (frame instanceof BinaryWebSocketFrame) {
            throw new UnacceptableException(Ending.NOT_TEXT);
        }
        if (begun.size() + frame.content().readableBytes() > longest) {
            throw new UnacceptableException(Ending.TOO_LARGE);
        }
        begun.writeBytes(ByteBufUtil.getBytes(frame.content()));
        if (!frame.isFinalFragment()) {
            return Optional.empty();
        }
        byte[] message = begun.toByteArray();
        begun.reset();
        return Optional.of(message);
    }
}
